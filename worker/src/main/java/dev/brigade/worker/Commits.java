package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits watermarks: an offset is committed only when every earlier order of its partition has its
 * end in the log; what is done past it goes into the metadata. At most one commit is under way; one
 * that fails is made up for by the next. A round over all partitions may take several commits.
 * Confined to the poll thread (the consumer calls back on it).
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private static final Duration RESTORE_TIMEOUT = Duration.ofSeconds(5);

  /** Metadata is written at 1 MB/s at most: what takes longer makes rounds rarer … */
  private static final long NANOS_PER_METADATA_BYTE = 1_000;

  /** … but not rarer than this, for it is also what a crash may cost. */
  private static final long LONGEST_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final long intervalNanos;
  private final java.util.function.Consumer<Throwable> fatal;
  private final Watch watch;
  private final LongSupplier nanoTime;
  private final MetadataCapacity capacity = new MetadataCapacity();
  private final CommitRound round = new CommitRound(capacity);
  private long roundBeganNanos;
  private boolean underWay;
  private long sentNanos;

  /**
   * @param fatal told of a refusal that no later commit can make up for
   */
  Commits(
      Consumer<byte[], byte[]> consumer,
      Duration interval,
      java.util.function.Consumer<Throwable> fatal,
      Watch watch) {
    this(consumer, interval, fatal, watch, System::nanoTime);
  }

  Commits(
      Consumer<byte[], byte[]> consumer,
      Duration interval,
      java.util.function.Consumer<Throwable> fatal,
      Watch watch,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.intervalNanos = interval.toNanos();
    this.fatal = fatal;
    this.watch = watch;
    this.nanoTime = nanoTime;
    this.roundBeganNanos = nanoTime.getAsLong();
  }

  MetadataCapacity capacity() {
    return capacity;
  }

  void commitIfDue(Collection<Assignment> assignments) {
    if (underWay || (round.isOver() && !beginIfDue(assignments))) {
      return;
    }
    List<Progress> part = round.nextPart();
    if (!part.isEmpty()) {
      underWay = true;
      sentNanos = nanoTime.getAsLong();
      int tried = capacity.chars();
      consumer.commitAsync(offsets(part), (committed, error) -> answered(part, tried, error));
    }
  }

  private boolean beginIfDue(Collection<Assignment> assignments) {
    long now = nanoTime.getAsLong();
    long metadataNanos = Math.min(round.bytes() * NANOS_PER_METADATA_BYTE, LONGEST_INTERVAL_NANOS);
    if (now - roundBeganNanos < Math.max(intervalNanos, metadataNanos)) {
      return false;
    }
    roundBeganNanos = now;
    passWhatCarriesNoOrder(assignments);
    round.begin(assignments);
    return true;
  }

  /** Takes up where the last holders of these partitions left off. */
  void restore(Collection<Assignment> assignments) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(assignments);
    for (Assignment assignment : assignments) {
      OffsetAndMetadata last = committed.get(assignment.partition());
      if (last != null) {
        assignment.committed = last.offset();
        assignment.tracker.begin(last.offset(), DoneSet.decode(last.offset(), last.metadata()));
        assignment.committedRevision = assignment.tracker.revision();
      }
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(Collection<Assignment> assignments) {
    Set<TopicPartition> partitions =
        assignments.stream().map(Assignment::partition).collect(Collectors.toSet());
    try {
      return consumer.committed(partitions, RESTORE_TIMEOUT);
    } catch (TimeoutException e) {
      LOG.warn("could not read what is done past the committed offsets of {}: {}", partitions, e);
      return Map.of();
    }
  }

  /**
   * Commits before partitions are given away; waits for the answers.
   *
   * @return false if it could not be committed: what is not is cooked again by the next owner
   */
  boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    passWhatCarriesNoOrder(assignments);
    CommitRound last = new CommitRound(capacity);
    last.begin(assignments);
    for (List<Progress> part = last.nextPart(); !part.isEmpty(); part = last.nextPart()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = offsets(part);
      int tried = capacity.chars();
      long startedNanos = nanoTime.getAsLong();
      boolean committed = false;
      try {
        consumer.commitSync(offsets, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        committed = true;
        accepted(part, tried);
      } catch (OffsetMetadataTooLarge | InvalidCommitOffsetSizeException e) {
        if (!triesLess(tried, e)) {
          throw e;
        }
        last.again(part);
      } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
        LOG.warn(
            "could not commit {} before giving partitions away: {}",
            offsets.keySet(),
            e.toString());
        return false;
      } finally {
        watch.committed(nanoTime.getAsLong() - startedNanos, committed);
      }
    }
    return true;
  }

  private void passWhatCarriesNoOrder(Collection<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (assignment.mayCommit() && assignment.inFlight == 0) {
        assignment.tracker.advanceTo(position(assignment));
      }
    }
  }

  private long position(Assignment assignment) {
    try {
      return consumer.position(assignment.partition(), Duration.ZERO);
    } catch (TimeoutException | IllegalStateException e) {
      // Not known yet, or no longer ours: nothing was read from there since.
      return OffsetTracker.UNKNOWN;
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(List<Progress> part) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    part.forEach(progress -> offsets.put(progress.assignment().partition(), progress.offset()));
    return offsets;
  }

  private void answered(List<Progress> part, int tried, Exception error) {
    underWay = false;
    watch.committed(nanoTime.getAsLong() - sentNanos, error == null);
    if (error == null) {
      accepted(part, tried);
    } else if (triesLess(tried, error)) {
      round.again(part);
    } else if (error instanceof RetriableCommitFailedException
        || error instanceof RetriableException
        || error instanceof RebalanceInProgressException
        || error instanceof CommitFailedException) {
      // The next round covers this; if the partitions went away, the listener is told.
      LOG.debug("commit of {} failed", offsets(part).keySet(), error);
    } else {
      fatal.accept(error);
    }
  }

  private boolean triesLess(int tried, Exception refusal) {
    if (refusal instanceof OffsetMetadataTooLarge && tried > 0) {
      capacity.refused(tried);
      return true;
    }
    return refusal instanceof InvalidCommitOffsetSizeException && capacity.refusedAltogether(tried);
  }

  private void accepted(List<Progress> part, int tried) {
    // The first of a part is what the capacity is tried on.
    capacity.accepted(tried);
    part.forEach(Progress::committed);
  }
}
