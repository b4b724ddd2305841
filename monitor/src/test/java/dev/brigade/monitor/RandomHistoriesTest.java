package dev.brigade.monitor;

import static dev.brigade.monitor.MonitorDriver.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.Meal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the history, the published windows are those of a naive recomputation. Each history is
 * orders, good and undecodable, and their ends in any order: in time, early, late, twice, of both
 * kinds, of no order, and not at all.
 */
class RandomHistoriesTest {
  private static final String[] DISHES = {"burger", "soup", "salad"};
  private static final int EVENTS = 600;
  private static final long FIRST_UNKNOWN = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void windowsEqualANaiveRecomputation(long seed) throws Exception {
    try (MonitorDriver kitchen = new MonitorDriver()) {
      // Given
      History history = new History(kitchen, new Random(seed));

      // When
      for (int i = 0; i < EVENTS; i++) {
        history.next();
      }
      kitchen.advanceTo(history.now + 70_000);

      // Then
      Map<String, LatencyWindow> finals = new TreeMap<>();
      kitchen.finals().values().forEach(window -> finals.put(window.key(), window));
      history.expected.assertSameAs(finals);
      assertThat(kitchen.oddities(OddityKind.DUPLICATE)).isEqualTo(history.duplicates);
      assertThat(kitchen.oddities(OddityKind.UNKNOWN_ORDER)).isEqualTo(history.unknown);
      assertThat(kitchen.oddities(OddityKind.LATE)).isZero();
      long lastStart =
          finals.values().stream().mapToLong(w -> w.windowStart().toEpochMilli()).max().orElse(0);
      assertThat(finals.get("*|10|" + lastStart))
          .satisfies(window -> assertThat(window.open()).isEqualTo(history.open.size()));
    }
  }

  /** Plays a history and remembers what ought to come of it. */
  private static final class History {
    final MonitorDriver kitchen;
    final Random random;
    final NaiveWindows expected = new NaiveWindows();
    final List<String> dishes = new ArrayList<>();
    final Set<Long> open = new HashSet<>();
    long now;
    long duplicates;
    long unknown;

    History(MonitorDriver kitchen, Random random) {
      this.kitchen = kitchen;
      this.random = random;
    }

    void next() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> open.add(order());
        case 4, 5 -> oldOrder();
        case 6 -> early();
        case 7 -> unknown();
        default -> {
          now += random.nextInt(random.nextInt(20) == 0 ? 30_000 : 700);
          kitchen.advanceTo(now);
        }
      }
    }

    private long order() {
      if (random.nextInt(15) == 0) {
        dishes.add(OrderState.NO_DISH);
        return kitchen.rawOrder(random.nextBoolean() ? null : new byte[] {7}, now);
      }
      String dish = DISHES[random.nextInt(DISHES.length)];
      dishes.add(dish);
      return kitchen.order(dish, now);
    }

    private void oldOrder() {
      if (!dishes.isEmpty()) {
        long offset = random.nextInt(dishes.size());
        end(offset, dishes.get((int) offset), open.remove(offset));
      }
    }

    private void early() {
      String dish = DISHES[random.nextInt(DISHES.length)];
      end(dishes.size(), dish, true);
      dishes.add(dish);
      kitchen.order(dish, now);
    }

    private void unknown() {
      kitchen.meal(FIRST_UNKNOWN + unknown++, "burger", now, now, now);
    }

    private void end(long offset, String dish, boolean first) {
      if (dish.isEmpty() || random.nextInt(4) == 0) {
        kitchen.deadLetter(offset, now);
        if (first) {
          expected.dead(dish, time(now));
        }
      } else {
        long placed = now - random.nextInt(5_000);
        long started = placed + random.nextInt(1_000);
        long finished = placed + random.nextInt(random.nextInt(10) == 0 ? 50_000_000 : 2_000);
        long cook = random.nextInt(3_000_000);
        Meal meal = MonitorDriver.meal(offset, dish, placed, started, finished, cook);
        kitchen.rawMeal(MonitorDriver.encode(meal), now);
        if (first) {
          expected.cooked(
              dish, time(now), (finished - placed) * 1000, (started - placed) * 1000, cook);
        }
      }
      duplicates += first ? 0 : 1;
    }
  }
}
