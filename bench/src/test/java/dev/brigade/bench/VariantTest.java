package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTest {
  private static final Workload WORK = Workload.of(100, 1, Duration.ZERO);

  private final Contender supervisor =
      new Contender("s", "a supervisor", OrderPromise.KEY, List.of("run")).asSupervisor();

  @Test
  void aContenderIsOnlyCalledDifferently() {
    Variant third = Variant.growing("chefs", chefs -> WORK, 1, 2, 3).get(2);
    assertThat(third.named(supervisor))
        .isEqualTo(
            new Contender("s-chefs-3", "a supervisor", OrderPromise.KEY, List.of("run"), true));
    assertThat(Variant.only(WORK).named(supervisor)).isEqualTo(supervisor);
  }
}
