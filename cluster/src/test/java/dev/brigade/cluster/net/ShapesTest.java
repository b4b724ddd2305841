package dev.brigade.cluster.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static final long MILLI = 1_000_000;

  private static List<Long> times(Effect effect, long seed) {
    Shape shape = effect.shape(new SplittableRandom(seed));
    return IntStream.range(0, 2_000).mapToObj(i -> shape.due(Direction.REQUESTS, 10, i)).toList();
  }

  @Test
  void chanceComesFromTheSeed() {
    for (Effect effect :
        List.of(Effect.loss(0.05), Effect.delay(Duration.ofMillis(1), Duration.ofMillis(9)))) {
      assertThat(times(effect, 3)).isEqualTo(times(effect, 3)).isNotEqualTo(times(effect, 4));
    }
  }

  @Test
  void delayIsBetweenItselfAndItselfWithAllJitter() {
    Shape shape =
        Effect.delay(Duration.ofMillis(10), Duration.ofMillis(5)).shape(new SplittableRandom(1));

    assertThat(IntStream.range(0, 1_000).mapToObj(i -> shape.due(Direction.ANSWERS, 1, 0)))
        .allMatch(due -> due >= 10 * MILLI && due <= 15 * MILLI)
        .anyMatch(due -> due < 11 * MILLI)
        .anyMatch(due -> due > 14 * MILLI);
  }

  @Test
  void aLostChunkComesARetransmissionTimeoutLaterAndOneLostTwiceThreeOfThem() {
    Shape shape = Effect.loss(0.1).shape(new SplittableRandom(1));

    List<Long> due =
        IntStream.range(0, 100_000).mapToObj(i -> shape.due(Direction.REQUESTS, 1, 0)).toList();

    assertThat(due.stream().filter(at -> at == 0).count()).isBetween(89_500L, 90_500L);
    assertThat(due.stream().filter(at -> at == 200 * MILLI).count()).isBetween(8_700L, 9_300L);
    assertThat(due.stream().filter(at -> at == 600 * MILLI).count()).isBetween(800L, 1_000L);
    assertThat(due).doesNotContain(400 * MILLI);
  }

  @Test
  void aThrottleGivesEachDirectionItsOwnLine() {
    Shape shape = Effect.throttle(1_000).shape(new SplittableRandom(1));

    assertThat(shape.due(Direction.REQUESTS, 100, 0)).isEqualTo(100 * MILLI);
    assertThat(shape.due(Direction.REQUESTS, 100, 0)).isEqualTo(200 * MILLI);
    assertThat(shape.due(Direction.ANSWERS, 100, 0)).isEqualTo(100 * MILLI);
    assertThat(shape.due(Direction.REQUESTS, 100, 900 * MILLI)).isEqualTo(1_000 * MILLI);
    assertThat(shape.window()).isEqualTo(200);
  }

  @Test
  void absurdEffectsAreRefused() {
    assertThatThrownBy(() -> Effect.loss(1)).hasMessage("loss of 1.0: expected 0 to <1");
    assertThatThrownBy(() -> Effect.loss(Double.NaN)).hasMessage("loss of NaN: expected 0 to <1");
    assertThatThrownBy(() -> Effect.throttle(0)).hasMessage("0 bytes/s: expected 1 or more");
    assertThatThrownBy(() -> Effect.delay(Duration.ofMillis(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
