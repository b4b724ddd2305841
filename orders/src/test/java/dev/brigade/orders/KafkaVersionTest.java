package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaVersionTest {
  @Test
  void theOldestMetadataVersionIsEnough() {
    assertThatCode(() -> KafkaVersion.requireLevel((short) 19)).doesNotThrowAnyException();
    assertThatCode(() -> KafkaVersion.requireLevel((short) 30)).doesNotThrowAnyException();
  }

  @Test
  void anOlderClusterIsRefusedWithTheVersionNeeded() {
    assertThat(refusal((short) 18))
        .hasMessage(
            "the cluster is too old: Kafka 3.7 (KRaft) or newer is needed; its metadata.version is"
                + " level 18, level 19 is needed");
  }

  @Test
  void aClusterWithoutMetadataVersionIsRefused() {
    assertThat(refusal(null))
        .hasMessage(
            "the cluster is too old: Kafka 3.7 (KRaft) or newer is needed; it has no"
                + " metadata.version (not KRaft)");
  }

  private static CommandFailure refusal(@Nullable Short level) {
    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> KafkaVersion.requireLevel(level));
    assertThat(failure.exitCode()).isEqualTo(1);
    return failure;
  }
}
