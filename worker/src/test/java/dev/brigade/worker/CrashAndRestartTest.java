package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Workers that read, complete and commit at random, on brokers that refuse, forget or answer late,
 * and that crash at random: whatever is committed is held against what is really done after every
 * step.
 */
class CrashAndRestartTest {
  private static final int PARTITIONS = 3;
  private static final int OFFSETS = 1_500;

  /** What survives a crash: the log, which orders have their end in it, the committed offsets. */
  private static final class Cluster {
    final Map<TopicPartition, TreeSet<Long>> orders = new HashMap<>();
    final Map<TopicPartition, TreeSet<Long>> ended = new HashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    final int metadataLimit;
    final int limitAltogether;
    int refusals;

    Cluster(Random random) {
      metadataLimit = List.of(4_096, 1_365, 1_364, 0).get(random.nextInt(4));
      limitAltogether = List.of(1_000_000, 1_000_000, 15_000, 5_000, 1_000).get(random.nextInt(5));
      for (int partition = 0; partition < PARTITIONS; partition++) {
        TreeSet<Long> offsets = new TreeSet<>();
        // Some offsets carry no order
        int share = 1 + random.nextInt(20);
        IntStream.range(0, OFFSETS)
            .filter(offset -> random.nextInt(20) < share)
            .forEach(offset -> offsets.add((long) offset));
        TopicPartition name = new TopicPartition("orders", partition);
        orders.put(name, offsets);
        ended.put(name, new TreeSet<>());
      }
    }

    /** All or none: a refusal changes nothing. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      if (offsets.values().stream().anyMatch(at -> at.metadata().length() > metadataLimit)) {
        refusals++;
        throw new OffsetMetadataTooLarge();
      }
      if (offsets.values().stream().mapToInt(at -> 3 * at.metadata().length()).sum()
          > limitAltogether) {
        refusals++;
        throw new InvalidCommitOffsetSizeException("too large");
      }
      offsets.forEach(
          (partition, offset) -> {
            OffsetAndMetadata before = committed.put(partition, offset);
            if (before != null) {
              assertThat(offset.offset()).as("never back").isGreaterThanOrEqualTo(before.offset());
            }
            check(partition, offset);
          });
    }

    void check(TopicPartition partition, OffsetAndMetadata offset) {
      Set<Long> really = of(ended, partition);
      BitSet remembered =
          DoneSet.decode(offset.offset(), Holding.doneSet(offset.offset(), offset.metadata()));
      for (long order : of(orders, partition)) {
        long past = order - offset.offset();
        if ((past < 0 || remembered.get((int) past)) && !really.contains(order)) {
          throw new AssertionError(
              "order %d of %s is not done, but with %s committed it counts as done"
                  .formatted(order, partition, offset.offset()));
        }
      }
    }

    boolean isAllDone() {
      return orders.entrySet().stream()
          .allMatch(partition -> of(ended, partition.getKey()).containsAll(partition.getValue()));
    }
  }

  /** Commits reach the cluster or do not, and are answered late, wrongly or never. */
  private static final class UnreliableConsumer extends MockConsumer<byte[], byte[]> {
    private final Cluster cluster;
    private final Random random;
    private final boolean reliable;
    private final ArrayDeque<Runnable> answers = new ArrayDeque<>();
    private int underWay;

    UnreliableConsumer(Cluster cluster, Random random, boolean reliable) {
      super(AutoOffsetResetStrategy.EARLIEST.name());
      this.cluster = cluster;
      this.random = random;
      this.reliable = reliable;
      assign(cluster.orders.keySet());
      setMaxPollRecords(300);
      Map<TopicPartition, Long> begin = new HashMap<>();
      cluster.orders.keySet().forEach(partition -> begin.put(partition, 0L));
      updateBeginningOffsets(begin);
      cluster.orders.forEach(
          (partition, offsets) -> {
            OffsetAndMetadata from = cluster.committed.get(partition);
            long position = from == null ? 0 : from.offset();
            seek(partition, position);
            offsets.tailSet(position).stream()
                .map(offset -> record(partition, offset))
                .forEach(this::addRecord);
          });
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
      return new ConsumerRecord<>(
          partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      assertThat(++underWay).as("commits under way").isEqualTo(1);
      answers.add(
          () -> {
            @Nullable Exception error = send(offsets);
            underWay--;
            callback.onComplete(offsets, error);
          });
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      @Nullable Exception error = send(offsets);
      if (error instanceof RetriableCommitFailedException) {
        throw new TimeoutException(error);
      } else if (error instanceof StaleMemberEpochException) {
        throw new CommitFailedException();
      } else if (error instanceof RuntimeException thrown) {
        throw thrown;
      }
    }

    private @Nullable Exception send(Map<TopicPartition, OffsetAndMetadata> offsets) {
      int fate = reliable ? 3 : random.nextInt(8);
      if (fate == 0) {
        return new CommitFailedException();
      } else if (fate == 1) {
        return new RebalanceInProgressException();
      } else if (fate == 4) {
        return new StaleMemberEpochException("told to those that do not wait");
      }
      try {
        cluster.commit(offsets);
      } catch (OffsetMetadataTooLarge | InvalidCommitOffsetSizeException e) {
        return e;
      }
      // It went through, but the answer did not
      return fate == 2 ? new RetriableCommitFailedException("timed out") : null;
    }

    void answer() {
      while (!answers.isEmpty()) {
        answers.remove().run();
      }
    }
  }

  @RepeatedTest(60)
  void nothingUndoneIsCommittedNothingUndoneIsRememberedAndNothingIsLost(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Cluster cluster = new Cluster(random);
    int lives = 0;
    while (!cluster.isAllDone()) {
      assertThat(++lives).as("lives until all is done").isLessThan(1_000);
      live(cluster, random, random.nextInt(1, 400), false);
    }
    // And a last one that nothing befalls commits the end
    live(cluster, random, 3_000, true);
    cluster.orders.forEach(
        (partition, offsets) ->
            assertThat(of(cluster.committed, partition).offset()).isEqualTo(offsets.last() + 1));
    // Brokers with the defaults refuse nothing, others a few times in each life
    boolean defaults = cluster.metadataLimit == 4_096 && cluster.limitAltogether == 1_000_000;
    assertThat(cluster.refusals).isBetween(defaults ? 0 : 1, defaults ? 0 : 10 * (lives + 1));
  }

  private static void live(Cluster cluster, Random random, int steps, boolean undisturbed) {
    UnreliableConsumer consumer = new UnreliableConsumer(cluster, random, undisturbed);
    List<Throwable> fatal = new ArrayList<>();
    long[] nanos = {0};
    PlainCommits commits =
        new PlainCommits(
            consumer,
            Duration.ofMillis(200),
            fatal::add,
            PlainCommits.Outcome.IGNORED,
            Watch.NOBODY,
            () -> nanos[0]);
    Map<TopicPartition, Assignment> held = new HashMap<>();
    cluster.orders.keySet().forEach(name -> held.put(name, new Assignment(name)));
    Opening opening =
        new Opening(
            consumer,
            partitions -> CompletableFuture.completedFuture(Map.copyOf(cluster.committed)),
            commits,
            TestOptions.of("any").build());
    opening.begin(held.values());
    while (!held.values().stream().allMatch(assignment -> assignment.isOpen)) {
      opening.proceed();
    }
    consumer.resume(consumer.paused());
    List<ConsumerRecord<byte[], byte[]>> open = new ArrayList<>();
    boolean mostlyNew = random.nextBoolean();
    for (int step = 0; step < steps; step++) {
      nanos[0] += 50_000_000;
      for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ZERO)) {
        TopicPartition partition = new TopicPartition(read.topic(), read.partition());
        Assignment assignment = of(held, partition);
        if (assignment.tracker.register(read.offset())) {
          assignment.inFlight++;
          open.add(read);
        } else {
          assertThat(of(cluster.ended, partition)).contains(read.offset());
        }
      }
      int ends = Math.min(open.size(), random.nextInt(20));
      for (int i = 0; i < ends; i++) {
        // Some are stuck for long
        int among = mostlyNew ? Math.max(1, open.size() - 3) : open.size();
        int which = undisturbed ? 0 : open.size() - 1 - random.nextInt(among);
        end(open.remove(which), cluster, held);
      }
      commits.commitIfDue(held.values());
      if (random.nextInt(3) == 0) {
        consumer.answer();
      }
    }
    if (undisturbed || random.nextBoolean()) {
      // A clean stop; what it could not commit is no worse than after a crash
      consumer.answer();
      if (commits.commitNow(held.values(), Duration.ofSeconds(5))) {
        for (Assignment assignment : held.values()) {
          OffsetAndMetadata last = cluster.committed.get(assignment.partition());
          assertThat(last == null ? OffsetTracker.UNKNOWN : last.offset())
              .as("committed before it is given away")
              .isEqualTo(assignment.tracker.watermark());
        }
      }
    }
    assertThat(fatal).isEmpty();
  }

  private static void end(
      ConsumerRecord<byte[], byte[]> order, Cluster cluster, Map<TopicPartition, Assignment> held) {
    TopicPartition partition = new TopicPartition(order.topic(), order.partition());
    of(cluster.ended, partition).add(order.offset());
    Assignment assignment = of(held, partition);
    assignment.tracker.complete(order.offset());
    assignment.inFlight--;
  }

  private static <K, V> V of(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }
}
