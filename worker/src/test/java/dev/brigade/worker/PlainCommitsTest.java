package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What commits tell of how they ended; the brokers' refusals are made up. */
class PlainCommitsTest {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Brokers brokers = new Brokers();
  private final List<String> told = new ArrayList<>();
  private final Assignment assignment = CommitsTest.full(new TopicPartition("orders", 0));
  private long nanos;
  private final PlainCommits commits =
      new PlainCommits(
          brokers,
          INTERVAL,
          error -> {
            throw new AssertionError(error);
          },
          new PlainCommits.Outcome() {
            @Override
            public void failed(long sentNanos) {
              told.add("failed, sent at " + Duration.ofNanos(sentNanos).toMillis() + " ms");
            }

            @Override
            public void madeUpFor() {
              told.add("made up for");
            }
          },
          Watch.NOBODY,
          () -> nanos);

  private static final class Brokers extends MockConsumer<byte[], byte[]> {
    private @Nullable OffsetCommitCallback waiting;
    private Map<TopicPartition, OffsetAndMetadata> offsets = Map.of();

    Brokers() {
      super(AutoOffsetResetStrategy.EARLIEST.name());
      assign(List.of(new TopicPartition("orders", 0)));
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> committed, OffsetCommitCallback callback) {
      offsets = committed;
      waiting = callback;
    }

    void answer(@Nullable Exception error) {
      OffsetCommitCallback callback = Objects.requireNonNull(waiting, "no commit is under way");
      waiting = null;
      callback.onComplete(offsets, error);
    }
  }

  @Test
  void aCommitThatFailsIsToldWithWhenItWasSentAndOneThatSucceedsMakesUpForIt() {
    turn();
    pass(Duration.ofSeconds(5));
    brokers.answer(new RetriableCommitFailedException("nobody coordinates"));
    assertThat(told).containsExactly("failed, sent at 200 ms");
    turn();
    brokers.answer(null);
    assertThat(told).containsExactly("failed, sent at 200 ms", "made up for");
  }

  @Test
  void whatIsRefusedWhileMembersComeAndGoIsNoFailure() {
    turn();
    brokers.answer(new RebalanceInProgressException());
    assertThat(told).isEmpty();
  }

  @Test
  void whenNothingIsLeftToCommitNothingHasFailed() {
    turn();
    brokers.answer(new CommitFailedException());
    assertThat(told).hasSize(1);
    assignment.gone();
    turn();
    assertThat(told).last().isEqualTo("made up for");
  }

  @Test
  void whenTheGroupHasGoneOnOthersCommitWhatFailed() {
    turn();
    brokers.answer(new CommitFailedException());
    commits.memberChanged();
    assertThat(told).last().isEqualTo("made up for");
  }

  private void turn() {
    pass(INTERVAL);
    commits.commitIfDue(List.of(assignment));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
