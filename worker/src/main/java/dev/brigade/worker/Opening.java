package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What precedes the first order of a partition: it is read where the last holder left off, and
 * committed that there is a new one. A holder that did not give the partition back has died, and
 * any of the orders it may have had in hands may be what killed it. Until all that is done, nothing
 * of the partition is read; the others go on. Confined to the poll thread.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** How long a rebalance waits for it. */
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(500);

  /** How long the partitions that are open wait for it, each turn. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  /** Answers of the brokers that a partition's opening waits for by itself. */
  private static final Duration COMMIT_PATIENCE = Duration.ofMillis(500);

  private static final long WARN_NANOS = Duration.ofSeconds(5).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final CommittedOffsetsReader offsets;
  private final PlainCommits commits;
  private final Delivery delivery;
  private final int tastedFromCrashes;
  private final List<Assignment> unread = new ArrayList<>();

  /** What is being read, and of which of them. */
  private CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> reading =
      CompletableFuture.completedFuture(Map.of());

  private Set<Assignment> readingOf = Set.of();
  private final List<Assignment> unmarked = new ArrayList<>();
  private long warnedNanos = System.nanoTime();

  Opening(
      Consumer<byte[], byte[]> consumer,
      CommittedOffsetsReader offsets,
      PlainCommits commits,
      WorkerOptions options) {
    this.consumer = consumer;
    this.offsets = offsets;
    this.commits = commits;
    this.delivery = options.delivery();
    this.tastedFromCrashes = Math.max(1, options.maxCrashes() - 1);
  }

  /** Opens these now if the brokers answer soon; else they are paused and opened later. */
  void begin(Collection<Assignment> added) {
    unread.addAll(added);
    proceed(FIRST_PATIENCE);
    for (Assignment assignment : added) {
      if (!assignment.isOpen) {
        consumer.pause(List.of(assignment.partition()));
        assignment.paused = true;
      }
    }
  }

  /** Goes on with what is not open yet; to be called every turn. */
  void proceed() {
    if (!unread.isEmpty() || !unmarked.isEmpty()) {
      proceed(PATIENCE);
    }
  }

  private void proceed(Duration patience) {
    unread.removeIf(assignment -> !assignment.isHeld());
    unmarked.removeIf(assignment -> !assignment.isHeld());
    try {
      read(patience);
      mark();
    } catch (KafkaException e) {
      // With the consumer protocol also a connection that broke while it was waited for.
      if (!Membership.mayPass(e)) {
        throw e;
      }
      warn("cannot read yet where the last holder of {} left off: {}", unread, e.toString());
    }
  }

  private void warn(String text, List<Assignment> waiting, String why) {
    long now = System.nanoTime();
    if (now - warnedNanos > WARN_NANOS) {
      warnedNanos = now;
      LOG.warn(text, waiting.stream().map(Assignment::partition).toList(), why);
    }
  }

  private void read(Duration patience) {
    if (unread.isEmpty()) {
      return;
    }
    if (!readingOf.containsAll(unread)) {
      readingOf = Set.copyOf(unread);
      reading =
          offsets.read(unread.stream().map(Assignment::partition).collect(Collectors.toSet()));
    }
    Map<TopicPartition, OffsetAndMetadata> committed = read(reading, patience);
    List<Assignment> unclean = new ArrayList<>();
    for (Assignment assignment : List.copyOf(unread)) {
      OffsetAndMetadata last = committed.get(assignment.partition());
      if (last == null) {
        long first = consumer.position(assignment.partition(), patience);
        assignment.tracker.advanceTo(first);
      } else if (!restore(assignment, last).clean()) {
        unclean.add(assignment);
        continue;
      }
      readDone(assignment);
    }
    if (!unclean.isEmpty()) {
      suspect(unclean, patience);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> read(
      Future<Map<TopicPartition, OffsetAndMetadata>> future, Duration patience) {
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("no answer yet, or " + CommittedOffsetsReader.PENDING);
    } catch (ExecutionException e) {
      readingOf = Set.of();
      if (e.getCause() instanceof RetriableException retriable) {
        throw new TimeoutException(retriable);
      }
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Holding restore(Assignment assignment, OffsetAndMetadata last) {
    long watermark = last.offset();
    Holding known = Holding.decode(watermark, last.metadata());
    Holding holding = known != null ? known : Holding.nobodys(watermark);
    String doneSet = Holding.doneSet(watermark, last.metadata());
    assignment.committed = watermark;
    assignment.tracker.begin(watermark, DoneSet.decode(watermark, doneSet));
    assignment.crashes = holding.crashes() + (holding.clean() ? 0 : 1);
    assignment.suspectsBefore = holding.begunBefore();
    return holding;
  }

  /** What came into the log later was in nobody's hands yet. */
  private void suspect(List<Assignment> unclean, Duration patience) {
    Map<TopicPartition, Long> ends =
        consumer.endOffsets(unclean.stream().map(Assignment::partition).toList(), patience);
    for (Assignment assignment : unclean) {
      long end = Objects.requireNonNull(ends.get(assignment.partition()));
      assignment.suspectsBefore = Math.min(assignment.suspectsBefore, end);
      readDone(assignment);
    }
  }

  private void readDone(Assignment assignment) {
    assignment.tasted = assignment.crashes >= tastedFromCrashes;
    if (assignment.tasted && assignment.tracker.watermark() < assignment.suspectsBefore) {
      LOG.warn(
          "{} workers died in a row with orders of {} before {} in hands: these are cooked in a"
              + " process of their own",
          assignment.crashes,
          assignment.partition(),
          assignment.suspectsBefore);
    }
    unread.remove(assignment);
    unmarked.add(assignment);
  }

  private void mark() {
    if (unmarked.isEmpty()) {
      return;
    }
    String refusal = commits.tryToCommit(unmarked, COMMIT_PATIENCE);
    if (refusal != null) {
      warn("cannot commit yet that {} have a new holder: {}", unmarked, refusal);
      return;
    }
    if (delivery == Delivery.EXACTLY_ONCE && commits.capacity().doneSetChars() == 0) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the brokers take no commit metadata, and exactly-once cannot do without: set their"
              + " offset.metadata.max.bytes to 4096, which is the default");
    }
    for (Assignment assignment : List.copyOf(unmarked)) {
      if (assignment.committedHolding != null) {
        assignment.isOpen = true;
        unmarked.remove(assignment);
      }
    }
  }
}
