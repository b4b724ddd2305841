package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a worker gives back what it holds, to brokers that refuse it while others come and go. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastCommitTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final long DONE = 2;

  private final Brokers brokers = new Brokers();
  private final Held held = new Held();
  private final Assignment assignment = held.add(PARTITION);
  private long nanos;
  private final LastCommit last =
      last(
          new PlainCommits(
              brokers,
              Duration.ofMillis(200),
              error -> {
                throw new AssertionError(error);
              },
              PlainCommits.Outcome.IGNORED,
              Watch.NOBODY));

  private static final class Brokers extends MockConsumer<byte[], byte[]> {
    final Deque<RuntimeException> refusals = new ArrayDeque<>();
    boolean refuseAlways;
    int tries;
    int polls;
    int read;
    OffsetAndMetadata committed = new OffsetAndMetadata(0);
    Runnable duringPoll = () -> {};

    Brokers() {
      super(AutoOffsetResetStrategy.EARLIEST.name());
      assign(Set.of(PARTITION));
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      seek(PARTITION, DONE);
      addRecord(new ConsumerRecord<>("orders", 0, DONE, new byte[0], new byte[0]));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      polls++;
      duringPoll.run();
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      read += records.count();
      return records;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      tries++;
      if (refuseAlways) {
        throw new RebalanceInProgressException();
      }
      if (!refusals.isEmpty()) {
        throw refusals.remove();
      }
      committed = Objects.requireNonNull(offsets.get(PARTITION));
    }
  }

  /** As a lane's: refused for as long as the generation it knows is not the group's. */
  private final class UntilPolled implements Commits {
    @Override
    public void memberChanged() {}

    @Override
    public void commitIfDue(Collection<Assignment> assignments) {}

    @Override
    public boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
      if (brokers.polls > 0) {
        return true;
      }
      nanos += timeout.toNanos();
      return false;
    }
  }

  private LastCommit last(Commits commits) {
    return new LastCommit(brokers, held, new KeyQueues(), commits, () -> nanos);
  }

  @BeforeEach
  void cookTwo() {
    assignment.tracker.begin(0, new BitSet());
    for (long offset = 0; offset < DONE; offset++) {
      assignment.tracker.register(offset);
      assignment.tracker.complete(offset);
    }
    Trackers.open(assignment);
  }

  @Test
  void thatAWorkerGivesBackIsInTheLogThoughItIsRefusedWhileOthersComeAndGo() {
    List<RuntimeException> refusals =
        List.of(
            new RebalanceInProgressException(),
            new RebalanceInProgressException(),
            new CommitFailedException(),
            new TimeoutException("the coordinator moved"));
    brokers.refusals.addAll(refusals);
    assertThat(last.commit()).isTrue();
    assertThat(brokers.committed.offset()).isEqualTo(DONE);
    assertThat(Holding.decode(DONE, brokers.committed.metadata()))
        .isEqualTo(new Holding(true, 0, DONE));
    // And between two tries the rebalance could go on, while nothing more was read
    assertThat(brokers.polls).isEqualTo(refusals.size());
    assertThat(brokers.read).isZero();
  }

  @Test
  void whatIsTakenAtOnceIsCommittedOnce() {
    assertThat(last.commit()).isTrue();
    assertThat(brokers.tries).isEqualTo(1);
    assertThat(brokers.polls).isZero();
  }

  @Test
  void aPollComesWhileThereIsTimeForAnotherTry() {
    assertThat(last(new UntilPolled()).commit()).isTrue();
    assertThat(nanos).isLessThan(LastCommit.LIMIT.toNanos());
  }

  @Test
  void itIsGivenUpWhenTheTimeIsUp() {
    brokers.refuseAlways = true;
    brokers.duringPoll = () -> nanos += Duration.ofSeconds(1).toNanos();
    assertThat(last.commit()).isFalse();
    assertThat(nanos).isEqualTo(LastCommit.LIMIT.toNanos());
    assertThat(brokers.tries).isEqualTo(1 + brokers.polls);
    assertThat(brokers.committed.offset()).isZero();
  }

  @Test
  void ofWhatWentToOthersMeanwhileNothingIsCommitted() {
    brokers.refuseAlways = true;
    brokers.duringPoll =
        () -> {
          assignment.gone();
          held.remove(List.of(assignment));
        };
    assertThat(last.commit()).isTrue();
    assertThat(brokers.tries).isEqualTo(1);
    assertThat(brokers.committed.offset()).isZero();
  }
}
