package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenOrdersTest {
  private static final String[] DISHES = {"", "burger", "soup"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theIndexAgreesWithCountingAllOpenOrders(long seed) {
    // Given
    Random random = new Random(seed);
    Map<Long, OrderState.Open> store = new TreeMap<>();
    OpenOrders index = new OpenOrders(store::get);
    long now = 0;

    for (long offset = 0; offset < 20_000; offset++) {
      // When: most orders end soon, a few never
      long deadline =
          random.nextInt(3) == 0 ? now + random.nextInt(5_000) - 500 : OrderState.NO_DEADLINE;
      OrderState.Open order =
          new OrderState.Open(now, deadline, DISHES[random.nextInt(DISHES.length)]);
      store.put(offset, order);
      index.opened(offset, order);
      while (store.size() > 40 && random.nextInt(30) != 0) {
        long closed = offset - random.nextInt(60);
        OrderState.Open removed = store.remove(closed);
        if (removed != null) {
          index.closed(removed);
        }
      }
      now += random.nextInt(20);

      // Then
      if (offset % 97 == 0) {
        assertThat(index.stats(now)).isEqualTo(counted(store, now));
      }
    }
  }

  private static Map<String, OpenStats> counted(Map<Long, OrderState.Open> store, long now) {
    Map<String, OpenStats> counted = new HashMap<>();
    for (OrderState.Open order : store.values()) {
      OpenStats one = new OpenStats(1, order.appendedAt(), order.deadline() <= now ? 1 : 0);
      counted.merge(order.dish(), one, OpenStats::plus);
    }
    return counted;
  }
}
