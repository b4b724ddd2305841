package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a partition is taken over, from brokers that may not answer yet. */
class OpeningTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final long END = 1_000;

  private final Brokers brokers = new Brokers();

  private static final class Brokers extends MockConsumer<byte[], byte[]> {
    boolean transactionIsPending;
    boolean coordinatorIsAway;
    boolean takesMetadata = true;
    @Nullable KafkaException endsAreRefused;

    /** What answers in place of the brokers. */
    @Nullable CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> answer;

    final List<Set<TopicPartition>> asked = new ArrayList<>();
    final List<OffsetAndMetadata> commits = new ArrayList<>();

    Brokers() {
      super(AutoOffsetResetStrategy.EARLIEST.name());
      assign(Set.of(PARTITION));
      updateBeginningOffsets(Map.of(PARTITION, 5L));
      updateEndOffsets(Map.of(PARTITION, END));
    }

    CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> read(Set<TopicPartition> of) {
      asked.add(of);
      if (answer != null) {
        return answer;
      }
      return transactionIsPending
          ? CompletableFuture.failedFuture(new TimeoutException("unstable"))
          : CompletableFuture.completedFuture(
              commits.isEmpty() ? Map.of() : Map.of(PARTITION, commits.get(commits.size() - 1)));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of, Duration timeout) {
      if (endsAreRefused != null) {
        throw endsAreRefused;
      }
      return super.endOffsets(of, timeout);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      OffsetAndMetadata offset = Objects.requireNonNull(offsets.get(PARTITION));
      if (coordinatorIsAway) {
        throw new TimeoutException("nobody answers");
      }
      if (!takesMetadata && !offset.metadata().isEmpty()) {
        throw new OffsetMetadataTooLarge();
      }
      commits.add(offset);
    }
  }

  @Test
  void aPartitionThatNobodyHeldIsOpenAndNotedAtOnce() {
    Assignment assignment = open(Delivery.AT_LEAST_ONCE);
    assertThat(assignment.isOpen).isTrue();
    assertThat(assignment.tracker.watermark()).isEqualTo(5);
    assertThat(assignment.tasted).isFalse();
    assertThat(committed().clean()).isFalse();
    assertThat(committed().crashes()).isZero();
    assertThat(brokers.paused()).isEmpty();
  }

  @Test
  void whoDidNotGiveItBackIsCountedAndWhatItMayHaveBegunIsSuspect() {
    brokers.commits.add(held(new Holding(false, 0, 300)));
    Assignment assignment = open(Delivery.AT_LEAST_ONCE);
    assertThat(assignment.crashes).isEqualTo(1);
    assertThat(assignment.suspectsBefore).isEqualTo(300);
    assertThat(assignment.isSuspect(299))
        .as("after the first death all are cooked as ever")
        .isFalse();
    assertThat(committed().crashes()).isEqualTo(1);
    // The next one
    assignment = open(Delivery.AT_LEAST_ONCE);
    assertThat(assignment.crashes).isEqualTo(2);
    assertThat(assignment.isSuspect(END - 1)).isTrue();
    assertThat(assignment.isSuspect(END)).as("it came into the log later").isFalse();
  }

  @Test
  void whoGaveItBackIsNotCounted() {
    brokers.commits.add(held(new Holding(true, 1, 300)));
    Assignment assignment = open(Delivery.AT_LEAST_ONCE);
    assertThat(assignment.crashes).isEqualTo(1);
    assertThat(assignment.suspectsBefore).isEqualTo(300);
    assertThat(assignment.tasted).isFalse();
  }

  @Test
  void itStaysPausedWhileATransactionOfItIsPending() {
    brokers.commits.add(held(new Holding(true, 0, 7)));
    brokers.transactionIsPending = true;
    Opening opening = opening(Delivery.EXACTLY_ONCE);
    Assignment assignment = new Assignment(PARTITION);
    opening.begin(List.of(assignment));
    assertThat(assignment.isOpen).isFalse();
    assertThat(brokers.paused()).containsExactly(PARTITION);
    opening.proceed();
    assertThat(assignment.isOpen).isFalse();
    brokers.transactionIsPending = false;
    opening.proceed();
    assertThat(assignment.isOpen).isTrue();
    assertThat(assignment.tracker.watermark()).isEqualTo(7);
  }

  /** The consumer protocol's client throws these out of the rebalance; it ended the worker once. */
  static Stream<KafkaException> passing() {
    return Stream.of(new DisconnectException(), new UnknownMemberIdException());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void itIsOpenedLaterIfTheBrokersDoNotSayNow(KafkaException refusal) {
    brokers.commits.add(held(new Holding(false, 0, 300)));
    brokers.endsAreRefused = refusal;
    Opening opening = opening(Delivery.AT_LEAST_ONCE);
    Assignment assignment = new Assignment(PARTITION);
    opening.begin(List.of(assignment));
    assertThat(assignment.isOpen).isFalse();
    assertThat(brokers.paused()).containsExactly(PARTITION);
    brokers.endsAreRefused = null;
    opening.proceed();
    assertThat(assignment.isOpen).isTrue();
    assertThat(assignment.crashes).isEqualTo(1);
  }

  @Test
  void anAnswerThatTakesItsTimeIsAskedForOnceAndAgainForWhatCameMeanwhile() {
    brokers.answer = new CompletableFuture<>();
    Opening opening = opening(Delivery.AT_LEAST_ONCE);
    Assignment first = new Assignment(PARTITION);
    opening.begin(List.of(first));
    opening.proceed();
    assertThat(first.isOpen).isFalse();
    assertThat(brokers.asked).containsExactly(Set.of(PARTITION));
    // When a second one comes
    TopicPartition other = new TopicPartition("orders", 1);
    brokers.assign(Set.of(PARTITION, other));
    brokers.updateBeginningOffsets(Map.of(other, 0L));
    Assignment second = new Assignment(other);
    opening.begin(List.of(second));
    assertThat(brokers.asked).containsExactly(Set.of(PARTITION), Set.of(PARTITION, other));
    // Then the one answer opens both
    brokers.answer.complete(Map.of(PARTITION, held(new Holding(true, 0, 7))));
    opening.proceed();
    assertThat(List.of(first, second)).allMatch(assignment -> assignment.isOpen);
    assertThat(first.tracker.watermark()).isEqualTo(7);
    assertThat(second.tracker.watermark()).isZero();
    opening.proceed();
    assertThat(brokers.asked).hasSize(2);
  }

  @Test
  void whatNoWaitingHelpsEndsTheWorker() {
    KafkaException refusal = new GroupAuthorizationException("chefs");
    brokers.answer = CompletableFuture.failedFuture(refusal);
    assertThatThrownBy(() -> open(Delivery.AT_LEAST_ONCE)).isSameAs(refusal);
    brokers.answer = CompletableFuture.failedFuture(new IllegalStateException("closed"));
    assertThatThrownBy(() -> open(Delivery.AT_LEAST_ONCE))
        .isInstanceOf(KafkaException.class)
        .hasRootCauseMessage("closed");
  }

  @Test
  void fromHowManyDeathsOnOrdersAreSuspectIsAnOption() {
    for (int maxCrashes : new int[] {1, 2}) {
      brokers.commits.clear();
      brokers.commits.add(held(new Holding(false, 0, 300)));
      Assignment assignment = new Assignment(PARTITION);
      opening(TestOptions.of("any").maxCrashes(maxCrashes)).begin(List.of(assignment));
      assertThat(assignment.isSuspect(299)).as("after one of %s", maxCrashes).isTrue();
    }
  }

  @Test
  void itStaysPausedUntilTheLogKnowsOfItsHolder() {
    brokers.coordinatorIsAway = true;
    Opening opening = opening(Delivery.AT_LEAST_ONCE);
    Assignment assignment = new Assignment(PARTITION);
    opening.begin(List.of(assignment));
    assertThat(assignment.isOpen).isFalse();
    assertThat(brokers.paused()).containsExactly(PARTITION);
    brokers.coordinatorIsAway = false;
    opening.proceed();
    assertThat(assignment.isOpen).isTrue();
    assertThat(brokers.commits).hasSize(1);
  }

  @Test
  void whatLeftMeanwhileIsNotOpened() {
    brokers.transactionIsPending = true;
    Opening opening = opening(Delivery.AT_LEAST_ONCE);
    Assignment assignment = new Assignment(PARTITION);
    opening.begin(List.of(assignment));
    assignment.leave();
    brokers.transactionIsPending = false;
    opening.proceed();
    assertThat(assignment.isOpen).isFalse();
    assertThat(brokers.commits).isEmpty();
  }

  @Test
  void exactlyOnceIsRefusedWhereNoMetadataIsTaken() {
    brokers.takesMetadata = false;
    assertThatThrownBy(() -> open(Delivery.EXACTLY_ONCE))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("offset.metadata.max.bytes");
    assertThat(open(Delivery.AT_LEAST_ONCE).isOpen).isTrue();
  }

  private Assignment open(Delivery delivery) {
    Assignment assignment = new Assignment(PARTITION);
    opening(delivery).begin(List.of(assignment));
    return assignment;
  }

  private Opening opening(Delivery delivery) {
    return opening(TestOptions.of("any").delivery(delivery));
  }

  private Opening opening(TestOptions options) {
    PlainCommits commits =
        new PlainCommits(
            brokers,
            Duration.ofMillis(200),
            error -> {
              throw new AssertionError(error);
            },
            PlainCommits.Outcome.IGNORED,
            Watch.NOBODY);
    return new Opening(brokers, brokers::read, commits, options.build());
  }

  private static OffsetAndMetadata held(Holding holding) {
    return new OffsetAndMetadata(7, holding.encode(7));
  }

  private Holding committed() {
    OffsetAndMetadata last = brokers.commits.get(brokers.commits.size() - 1);
    return Objects.requireNonNull(Holding.decode(last.offset(), last.metadata()));
  }
}
