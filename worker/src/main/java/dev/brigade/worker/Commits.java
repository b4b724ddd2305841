package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits watermarks: an offset is committed only when every earlier order of its partition has its
 * end in the log; what is done past it goes into the metadata. At most one commit is under way; one
 * that fails is made up for by the next. Confined to the poll thread (the consumer calls back on
 * it).
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private static final Duration RESTORE_TIMEOUT = Duration.ofSeconds(5);

  /** The brokers refuse a commit of more than 1 MiB altogether. */
  private static final int MAX_METADATA_CHARS = 800_000;

  private final Consumer<byte[], byte[]> consumer;
  private final long intervalNanos;
  private final java.util.function.Consumer<Throwable> fatal;
  private long lastNanos = System.nanoTime();
  private boolean underWay;
  private boolean remembersGaps = true;

  /**
   * @param fatal told of a refusal that no later commit can make up for
   */
  Commits(
      Consumer<byte[], byte[]> consumer,
      Duration interval,
      java.util.function.Consumer<Throwable> fatal) {
    this.consumer = consumer;
    this.intervalNanos = interval.toNanos();
    this.fatal = fatal;
  }

  void commitIfDue(Collection<Assignment> assignments) {
    long now = System.nanoTime();
    if (underWay || now - lastNanos < intervalNanos) {
      return;
    }
    lastNanos = now;
    Map<TopicPartition, OffsetAndMetadata> offsets = due(assignments);
    if (!offsets.isEmpty()) {
      underWay = true;
      consumer.commitAsync(offsets, (committed, error) -> done(assignments, offsets, error));
    }
  }

  /** Takes up where the last holders of these partitions left off. */
  void restore(Collection<Assignment> assignments) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(assignments);
    for (Assignment assignment : assignments) {
      OffsetAndMetadata last = committed.get(assignment.partition());
      if (last != null) {
        assignment.committed = last.offset();
        assignment.committedMetadata = last.metadata();
        assignment.tracker.begin(last.offset(), DoneSet.decode(last.offset(), last.metadata()));
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
   * Commits before partitions are given away; waits for the answer.
   *
   * @return false if it could not be committed: what is not is cooked again by the next owner
   */
  boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
    Map<TopicPartition, OffsetAndMetadata> offsets = due(assignments);
    if (offsets.isEmpty()) {
      return true;
    }
    try {
      consumer.commitSync(offsets, timeout);
      note(assignments, offsets);
      return true;
    } catch (CommitFailedException
        | OffsetMetadataTooLarge
        | RebalanceInProgressException
        | TimeoutException e) {
      LOG.warn("could not commit {} before giving partitions away: {}", offsets, e.toString());
      return false;
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> due(Collection<Assignment> assignments) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    int metadataChars = 0;
    for (Assignment assignment : assignments) {
      if (!assignment.mayCommit()) {
        continue;
      }
      if (assignment.inFlight == 0) {
        assignment.tracker.advanceTo(position(assignment));
      }
      long watermark = assignment.tracker.watermark();
      String metadata = remembersGaps ? metadata(assignment.tracker) : "";
      metadataChars += metadata.length();
      if (metadataChars > MAX_METADATA_CHARS) {
        metadata = "";
      }
      if (watermark > assignment.committed
          || (watermark == assignment.committed
              && watermark != OffsetTracker.UNKNOWN
              && !metadata.equals(assignment.committedMetadata))) {
        offsets.put(assignment.partition(), new OffsetAndMetadata(watermark, metadata));
      }
    }
    return offsets;
  }

  private static String metadata(OffsetTracker tracker) {
    return tracker.hasDonePastWatermark()
        ? DoneSet.encode(tracker.watermark(), tracker.donePastWatermark(DoneSet.MAX_OFFSETS))
        : "";
  }

  private long position(Assignment assignment) {
    try {
      return consumer.position(assignment.partition(), Duration.ZERO);
    } catch (TimeoutException | IllegalStateException e) {
      // Not known yet, or no longer ours: nothing was read from there since.
      return OffsetTracker.UNKNOWN;
    }
  }

  private void done(
      Collection<Assignment> assignments,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      Exception error) {
    underWay = false;
    if (error == null) {
      note(assignments, offsets);
    } else if (error instanceof OffsetMetadataTooLarge) {
      LOG.warn(
          "the brokers take no commit metadata of this size: after a crash, what was done past a"
              + " slow order is cooked again (raise offset.metadata.max.bytes to 4096)");
      remembersGaps = false;
    } else if (error instanceof RetriableCommitFailedException
        || error instanceof RetriableException
        || error instanceof RebalanceInProgressException
        || error instanceof CommitFailedException) {
      // The next commit covers this one; if the partitions went away, the listener is told.
      LOG.debug("commit of {} failed", offsets, error);
    } else {
      fatal.accept(error);
    }
  }

  private static void note(
      Collection<Assignment> assignments, Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (Assignment assignment : assignments) {
      OffsetAndMetadata offset = offsets.get(assignment.partition());
      if (offset != null) {
        assignment.committed = offset.offset();
        assignment.committedMetadata = offset.metadata();
      }
    }
  }
}
