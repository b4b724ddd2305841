package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void whoIsPutOutMayJoinAgainAFewTimesAMinute() {
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
    pass(Rejoins.WITHIN.toNanos() - 1);
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
    assertThat(rejoins.mayRejoin(putOut)).isFalse();
  }

  @Test
  void whatIsLongerAgoDoesNotCount() {
    rejoins.mayRejoin(putOut);
    rejoins.mayRejoin(putOut);
    pass(Rejoins.WITHIN.toNanos());
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
    assertThat(rejoins.mayRejoin(putOut)).isFalse();
  }

  @Test
  void whoFailedOtherwiseMayNot() {
    assertThat(rejoins.mayRejoin(new KafkaException("another"))).isFalse();
    // The id is another's, who is there: the consumer protocol does not put out its holder.
    assertThat(rejoins.mayRejoin(new UnreleasedInstanceIdException("held"))).isFalse();
    // And neither uses up a chance.
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
    assertThat(rejoins.mayRejoin(putOut)).isTrue();
  }

  private void pass(long nanos) {
    now.addAndGet(nanos);
  }
}
