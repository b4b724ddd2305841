package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits through the consumer: what the brokers acknowledged is done. At most one commit is under
 * way; one that fails is made up for by the next. A round over all partitions may take several
 * commits. Confined to the poll thread (the consumer calls back on it).
 */
final class PlainCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(PlainCommits.class);

  /** Metadata is written at 1 MB/s at most: what takes longer makes rounds rarer … */
  static final long NANOS_PER_METADATA_BYTE = 1_000;

  /** … but not rarer than this, for it is also what a crash may cost. */
  private static final long LONGEST_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final long intervalNanos;
  private final java.util.function.Consumer<Throwable> fatal;
  private final Outcome outcome;
  private final Watch watch;
  private final LongSupplier nanoTime;
  private final MetadataCapacity capacity = new MetadataCapacity();
  private final CommitRound round = new CommitRound(capacity);
  private long roundBeganNanos;
  private boolean underWay;
  private long sentNanos;

  /** Told whether all is committed that should be. Each may be called any number of times. */
  interface Outcome {
    Outcome IGNORED =
        new Outcome() {
          @Override
          public void failed(long sentNanos) {}

          @Override
          public void madeUpFor() {}
        };

    /**
     * A commit was not acknowledged, and not because members come or go.
     *
     * @param sentNanos by the clock of these commits
     */
    void failed(long sentNanos);

    /** A later commit was acknowledged, the group has gone on, or there is nothing to commit. */
    void madeUpFor();
  }

  /**
   * @param fatal told of a refusal that no later commit can make up for
   */
  PlainCommits(
      Consumer<byte[], byte[]> consumer,
      Duration interval,
      java.util.function.Consumer<Throwable> fatal,
      Outcome outcome,
      Watch watch) {
    this(consumer, interval, fatal, outcome, watch, System::nanoTime);
  }

  PlainCommits(
      Consumer<byte[], byte[]> consumer,
      Duration interval,
      java.util.function.Consumer<Throwable> fatal,
      Outcome outcome,
      Watch watch,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.intervalNanos = interval.toNanos();
    this.fatal = fatal;
    this.outcome = outcome;
    this.watch = watch;
    this.nanoTime = nanoTime;
    this.roundBeganNanos = nanoTime.getAsLong();
  }

  MetadataCapacity capacity() {
    return capacity;
  }

  /** The consumer, which commits, knows; and what is given away is committed by others. */
  @Override
  public void memberChanged() {
    outcome.madeUpFor();
  }

  @Override
  public void commitIfDue(Collection<Assignment> assignments) {
    boolean isNewRound = round.isOver();
    if (underWay || (isNewRound && !beginIfDue(assignments))) {
      return;
    }
    List<Progress> part = round.nextPart();
    if (part.isEmpty() && isNewRound) {
      outcome.madeUpFor();
    } else if (!part.isEmpty()) {
      underWay = true;
      sentNanos = nanoTime.getAsLong();
      int tried = capacity.chars();
      consumer.commitAsync(
          Progress.offsets(part), (committed, error) -> answered(part, tried, error));
    }
  }

  private boolean beginIfDue(Collection<Assignment> assignments) {
    long now = nanoTime.getAsLong();
    long metadataNanos = Math.min(round.bytes() * NANOS_PER_METADATA_BYTE, LONGEST_INTERVAL_NANOS);
    if (now - roundBeganNanos < Math.max(intervalNanos, metadataNanos)
        && assignments.stream().noneMatch(Assignment::waitsForCommit)) {
      return false;
    }
    roundBeganNanos = now;
    Positions.passWhatCarriesNoOrder(consumer, assignments);
    round.begin(assignments);
    return true;
  }

  @Override
  public boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
    String refusal = tryToCommit(assignments, timeout);
    if (refusal != null) {
      LOG.warn(
          "could not commit {} in time: {}",
          assignments.stream().map(Assignment::partition).toList(),
          refusal);
    }
    return refusal == null;
  }

  /**
   * As {@link #commitNow}, for who tries again.
   *
   * @return why not all is committed; null if it is
   */
  @Nullable String tryToCommit(Collection<Assignment> assignments, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Positions.passWhatCarriesNoOrder(consumer, assignments);
    CommitRound last = new CommitRound(capacity);
    last.begin(assignments);
    for (List<Progress> part = last.nextPart(); !part.isEmpty(); part = last.nextPart()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = Progress.offsets(part);
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
        failed(startedNanos, e);
        return withoutMetadata(e);
      } finally {
        watch.committed(nanoTime.getAsLong() - startedNanos, committed);
      }
    }
    return null;
  }

  /** The client names what it did not commit, metadata included, which no person can read. */
  private static String withoutMetadata(KafkaException e) {
    String text = e.toString();
    int offsets = text.indexOf(" {");
    return offsets < 0 ? text : text.substring(0, offsets);
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
        || error instanceof CommitFailedException
        || Membership.isLost(error)) {
      // The next round covers this; if the partitions went away, the listener is told.
      LOG.debug("commit of {} failed", Progress.offsets(part).keySet(), error);
      failed(sentNanos, error);
    } else {
      fatal.accept(error);
    }
  }

  private void failed(long atNanos, Exception error) {
    if (!(error instanceof RebalanceInProgressException)) {
      outcome.failed(atNanos);
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
    outcome.madeUpFor();
  }
}
