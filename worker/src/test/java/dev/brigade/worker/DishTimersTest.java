package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DishTimersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DishTimers timers = new DishTimers(dish -> registry.timer("cook", "dish", dish));

  @Test
  void theFirstDishesHaveTheirOwnTimerAndTheRestShareOne() throws Exception {
    // Given eight chefs that cook 300 dishes, each of them as often
    ExecutorService chefs = Executors.newFixedThreadPool(8);
    List<Future<?>> done = new ArrayList<>();
    for (int chef = 0; chef < 8; chef++) {
      done.add(
          chefs.submit(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  timers.of("dish-" + i % 300).record(1, TimeUnit.MILLISECONDS);
                }
              }));
    }
    for (Future<?> one : done) {
      one.get();
    }
    chefs.shutdown();
    // Then there are as many timers as may be, and none of their cooks is missing
    assertThat(registry.getMeters()).hasSize(DishTimers.MAX_DISHES + 1);
    for (Timer timer : registry.find("cook").timers()) {
      boolean rest = DishTimers.OTHER.equals(timer.getId().getTag("dish"));
      assertThat(timer.count()).isEqualTo(rest ? 200 * 80 : 80);
    }
  }

  @Test
  void aDishThatIsReallyCalledOtherIsCountedWithTheRest() {
    timers.of(DishTimers.OTHER).record(1, TimeUnit.MILLISECONDS);
    for (int i = 0; i < DishTimers.MAX_DISHES; i++) {
      timers.of("dish-" + i).record(1, TimeUnit.MILLISECONDS);
    }
    assertThat(registry.getMeters()).hasSize(DishTimers.MAX_DISHES);
    assertThat(registry.get("cook").tag("dish", DishTimers.OTHER).timer().count()).isEqualTo(2);
  }
}
