package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Session SESSION = new Session(Duration.ofSeconds(6), Duration.ZERO);

  private long nanos;
  private long answers = 1;
  private final Lease lease = new Lease(SESSION, () -> answers, () -> nanos);

  @Test
  void itEndsASixthOfTheSessionBeforeTheSessionDoes() {
    lease.look();
    pass(Duration.ofSeconds(5).minusMillis(1));
    assertThat(lease.holds()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void itOutlivesAHeartbeatHoweverRareThatIs() {
    lease.sessionIs(new Session(Duration.ofSeconds(6), Duration.ofMillis(5_400)));
    pass(Duration.ofMillis(5_800));
    assertThat(lease.holds()).isTrue();
    pass(Duration.ofMillis(100));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void eachAnswerRenewsItAndTimeAloneDoesNot() {
    lease.look();
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(4));
      answers++;
      lease.look();
      assertThat(lease.holds()).isTrue();
    }
    assertThat(lease.silentSeconds()).isZero();
    pass(Duration.ofSeconds(4));
    lease.look();
    pass(Duration.ofSeconds(1));
    lease.look();
    assertThat(lease.holds()).isFalse();
    assertThat(lease.silentSeconds()).isEqualTo(5);
  }

  @Test
  void onceOverItNeedsAnAnswerAndAWholePollAfterIt() {
    lease.look();
    pass(Duration.ofSeconds(5));
    lease.look();
    assertThat(lease.polled()).isFalse();
    assertThat(lease.polled()).as("no answer").isFalse();
    // When an answer comes in the middle of a poll
    answers++;
    lease.look();
    assertThat(lease.holds()).isFalse();
    assertThat(lease.polled()).as("began before the answer").isFalse();
    assertThat(lease.holds()).isFalse();
    // Then the next one may have told what was lost
    answers++;
    assertThat(lease.polled()).isTrue();
    assertThat(lease.holds()).isTrue();
    assertThat(lease.polled()).as("again").isFalse();
  }

  @Test
  void aWorkerThatIsLetInLateHasItAfterTheFirstAnswer() {
    pass(Duration.ofSeconds(5));
    assertThat(lease.holds()).isFalse();
    lease.look();
    assertThat(lease.polled()).isFalse();
    assertThat(lease.polled()).isTrue();
    assertThat(lease.holds()).isTrue();
  }

  @Test
  void itEndsThatLongAfterAFailedCommitHoweverOftenTheCoordinatorAnswers() {
    lease.failed(nanos);
    pass(Duration.ofSeconds(3));
    answered();
    lease.failed(nanos);
    pass(Duration.ofSeconds(2).minusMillis(1));
    answered();
    assertThat(lease.holds()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(lease.holds()).isFalse();
    assertThat(lease.silentSeconds()).isEqualTo(5);
    answered();
    assertThat(lease.polled()).isFalse();
    assertThat(lease.polled()).as("answers do not help").isFalse();
    // When a commit is acknowledged at last
    lease.madeUpFor();
    assertThat(lease.holds()).isTrue();
    assertThat(lease.polled()).isTrue();
    assertThat(lease.polled()).as("again").isFalse();
  }

  @Test
  void aFailedCommitThatIsMadeUpForInTimeIsNothing() {
    lease.failed(nanos);
    pass(Duration.ofSeconds(4));
    answered();
    lease.madeUpFor();
    assertThat(lease.polled()).isFalse();
    pass(Duration.ofSeconds(4));
    assertThat(lease.holds()).isTrue();
    assertThat(lease.silentSeconds()).isEqualTo(4);
  }

  @Test
  void anAcknowledgedCommitAloneIsNotEnoughWhereNothingWasAnswered() {
    answered();
    lease.failed(nanos);
    pass(Duration.ofSeconds(5));
    lease.look();
    lease.madeUpFor();
    assertThat(lease.polled()).isFalse();
    answers++;
    assertThat(lease.polled()).isFalse();
    assertThat(lease.polled()).isTrue();
  }

  private void answered() {
    answers++;
    lease.look();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
