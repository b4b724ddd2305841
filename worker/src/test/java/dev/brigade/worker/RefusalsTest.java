package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final ConsumerGroupMetadata MEMBER = member(7);

  private long nanos;
  private final Refusals refusals = new Refusals(() -> nanos);

  @Test
  void oneMemberIsRefusedForAsLongAsFromTheFirstTimeToTheLast() {
    refusals.refused(MEMBER);
    pass(PATIENCE.minusMillis(1));
    refusals.refused(MEMBER);
    assertThat(refusals.take(MEMBER, PATIENCE)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(refusals.take(MEMBER, PATIENCE)).as("it was not refused since").isFalse();
    refusals.refused(MEMBER);
    assertThat(refusals.take(MEMBER, PATIENCE)).isTrue();
  }

  @Test
  void whatIsTakenCountsNoMore() {
    refusals.refused(MEMBER);
    pass(PATIENCE);
    refusals.refused(MEMBER);
    assertThat(refusals.take(MEMBER, PATIENCE)).isTrue();
    assertThat(refusals.take(MEMBER, PATIENCE)).isFalse();
    refusals.refused(MEMBER);
    assertThat(refusals.take(MEMBER, PATIENCE)).isFalse();
  }

  @Test
  void aTransactionThatIsAcceptedEndsIt() {
    refusals.refused(MEMBER);
    pass(PATIENCE);
    refusals.accepted();
    refusals.refused(MEMBER);
    assertThat(refusals.take(MEMBER, PATIENCE)).isFalse();
  }

  @Test
  void aMemberThatHasJoinedAnewIsAnotherOne() {
    refusals.refused(MEMBER);
    pass(PATIENCE);
    refusals.refused(MEMBER);
    assertThat(refusals.take(member(8), PATIENCE)).isFalse();
    refusals.refused(member(8));
    assertThat(refusals.take(member(8), PATIENCE)).isFalse();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static ConsumerGroupMetadata member(int generation) {
    return new ConsumerGroupMetadata("chefs", generation, "member", Optional.empty());
  }
}
