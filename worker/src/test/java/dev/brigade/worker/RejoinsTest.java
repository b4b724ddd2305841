package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

class RejoinsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Rejoins rejoins = new Rejoins(now::get);
  private final KafkaException putOut =
      new KafkaException("commit", new FencedInstanceIdException("fenced"));
  private final KafkaException refused = new UnreleasedInstanceIdException("held");

  @Test
  void whoIsPutOutMayJoinAgainAFewTimesAMinute() {
    assertThat(rejoins.pause(putOut, true)).isZero();
    pass(Rejoins.WITHIN.toNanos() - 1);
    assertThat(rejoins.pause(putOut, true)).isZero();
    assertThat(rejoins.pause(putOut, true)).isNull();
  }

  @Test
  void whatIsLongerAgoDoesNotCount() {
    rejoins.pause(putOut, true);
    rejoins.pause(putOut, true);
    pass(Rejoins.WITHIN.toNanos());
    assertThat(rejoins.pause(putOut, true)).isZero();
    assertThat(rejoins.pause(putOut, true)).isZero();
    assertThat(rejoins.pause(putOut, true)).isNull();
  }

  @Test
  void whoHasAStaleCoordinatorMayAlways() {
    for (int i = 0; i < 10; i++) {
      assertThat(rejoins.pause(new StaleCoordinatorException(Duration.ofSeconds(3)), true))
          .isZero();
    }
    assertThat(rejoins.pause(putOut, true)).as("it uses up no chance").isZero();
  }

  @Test
  void whoFailedOtherwiseMayNot() {
    assertThat(rejoins.pause(new KafkaException("another"), true)).isNull();
    // And it uses up no chance.
    assertThat(rejoins.pause(putOut, true)).isZero();
    assertThat(rejoins.pause(putOut, true)).isZero();
  }

  @Test
  void whoIsRefusedByItsEarlierSelfMayTryUntilThatOnesSessionIsOver() {
    assertThat(rejoins.pause(refused, true)).isPositive();
    pass(Rejoins.SESSION_OVER.toNanos() - 1);
    assertThat(rejoins.pause(refused, false)).isPositive();
    pass(1);
    assertThat(rejoins.pause(refused, false)).isNull();
  }

  @Test
  void whoWasLetInAgainMayTryAsLongTheNextTime() {
    rejoins.pause(refused, true);
    pass(Rejoins.SESSION_OVER.toNanos());

    assertThat(rejoins.pause(refused, true)).isPositive();
  }

  @Test
  void whoWasNeverInIsRefusedAtOnceForTheIdIsAnothers() {
    assertThat(rejoins.pause(refused, false)).isNull();
  }

  private void pass(long nanos) {
    now.addAndGet(nanos);
  }
}
