package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Brokers that refuse what a consumer asks because its member is not in the group any more. */
class MembershipTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final Brokers brokers = new Brokers();

  private static final class Brokers extends MockConsumer<byte[], byte[]> {
    KafkaException refusal = new GroupAuthorizationException("kitchen.chefs");

    Brokers() {
      super(AutoOffsetResetStrategy.EARLIEST.name());
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
      throw refusal;
    }
  }

  static Stream<KafkaException> refusals() {
    return Stream.of(
        new UnknownMemberIdException(),
        new StaleMemberEpochException("stale"),
        new FencedMemberEpochException("fenced"),
        new TimeoutException("no positions for a minute"));
  }

  @BeforeEach
  void readsTheOnlyPartition() {
    brokers.assign(Set.of(PARTITION));
    brokers.updateBeginningOffsets(Map.of(PARTITION, 0L));
    brokers.seek(PARTITION, 0);
    brokers.addRecord(new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void nothingIsReadUntilTheConsumerHasJoinedAgain(KafkaException refusal) {
    brokers.setPollException(refusal);
    assertThat(Membership.poll(brokers, Duration.ZERO)).isEmpty();
    assertThat(Membership.poll(brokers, Duration.ZERO)).hasSize(1);
  }

  @Test
  void whatNoJoiningHelpsIsThrown() {
    brokers.setPollException(brokers.refusal);
    assertThatThrownBy(() -> Membership.poll(brokers, Duration.ZERO)).isSameAs(brokers.refusal);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void watermarksWaitForPositions(KafkaException refusal) {
    Assignment assignment = new Assignment(PARTITION);
    assignment.tracker.begin(0, new BitSet());
    Trackers.open(assignment);
    assertThatThrownBy(() -> Positions.passWhatCarriesNoOrder(brokers, List.of(assignment)))
        .isSameAs(brokers.refusal);
    brokers.refusal = refusal;
    Positions.passWhatCarriesNoOrder(brokers, List.of(assignment));
    assertThat(assignment.tracker.watermark()).isZero();
  }
}
