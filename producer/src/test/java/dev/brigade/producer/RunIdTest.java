package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunIdTest {
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

  @Test
  void ordersOfARunHaveDistinctIdsInTheOrderOfTheirSequence() {
    RunId run = new RunId(NOW, new SplittableRandom(1));

    List<String> ids =
        LongStream.of(0, 1, 31, 32, 1023, 1024, 9_999_999_999L).mapToObj(run::order).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).allMatch(id -> id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
    assertThat(ids).allMatch(id -> id.startsWith(run.prefix()));
  }

  @Test
  void aLaterRunHasLaterIds() {
    RunId run = new RunId(NOW, new SplittableRandom(1));
    RunId later = new RunId(NOW.plusMillis(1), new SplittableRandom(2));

    assertThat(later.order(0)).isGreaterThan(run.order(1_000_000));
  }

  @Test
  void runsOfTheSameMillisecondDiffer() {
    assertThat(new RunId(NOW, new SplittableRandom(1)).prefix())
        .isNotEqualTo(new RunId(NOW, new SplittableRandom(2)).prefix());
  }

  @Test
  void theTimeIsThatOfAUlid() {
    assertThat(new RunId(Instant.ofEpochMilli(1469918176385L), new SplittableRandom(1)).prefix())
        .startsWith("01ARYZ6S41");
  }
}
