package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Batch;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GeneratedOrdersTest {
  private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");
  private static final DishMix MIX = DishMix.parse("burger=3,salad=1");

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void oneSeedGivesTheSameDishesTablesAndPayloadsUnderOtherIds() {
    var wishes = new GeneratedOrders.Wishes(MIX, 10, 20, null, 42);

    List<Order> once = take(generated(wishes, 1), 500);
    List<Order> again = take(generated(wishes, 2), 500);

    assertThat(again).extracting(Order::dish).isEqualTo(once.stream().map(Order::dish).toList());
    assertThat(again).extracting(Order::table).isEqualTo(once.stream().map(Order::table).toList());
    assertThat(again)
        .extracting(Order::payload)
        .isEqualTo(once.stream().map(Order::payload).toList());
    assertThat(again).extracting(Order::id).doesNotContainAnyElementsOf(ids(once));
  }

  @Test
  void anotherSeedGivesOtherOrders() {
    List<Order> once = take(generated(new GeneratedOrders.Wishes(MIX, 10, 0, null, 42), 1), 500);
    List<Order> other = take(generated(new GeneratedOrders.Wishes(MIX, 10, 0, null, 43), 1), 500);

    assertThat(other)
        .extracting(Order::table)
        .isNotEqualTo(once.stream().map(Order::table).toList());
  }

  @Test
  void dishesComeByTheirWeightsAndTablesEvenly() {
    List<Order> orders = take(generated(new GeneratedOrders.Wishes(MIX, 4, 0, null, 1), 1), 40_000);

    assertThat(orders.stream().filter(o -> o.dish().equals("burger")).count())
        .isBetween(29_000L, 31_000L);
    assertThat(orders).extracting(Order::table).containsOnly("t-1", "t-2", "t-3", "t-4");
    assertThat(orders.stream().filter(o -> "t-4".equals(o.table())).count())
        .isBetween(9_500L, 10_500L);
    assertThat(orders).extracting(Order::id).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void withoutTablesTheIdIsTheKey() {
    Order order = generated(new GeneratedOrders.Wishes(MIX, 0, 0, null, 1), 1).next(0);

    assertThat(order.table()).isNull();
    assertThat(order.key()).isEqualTo(order.id());
  }

  @Test
  void payloadAndDeadlineAreAsWished() {
    Order order =
        generated(new GeneratedOrders.Wishes(MIX, 0, 1000, Duration.ofMinutes(4), 1), 1).next(8);

    assertThat(order.payload().asText()).hasSize(1000);
    assertThat(order.placedAt()).isEqualTo(START.plusSeconds(2));
    assertThat(order.deadline()).isEqualTo(START.plusSeconds(242));
    assertThat(order.batch()).isEqualTo(new Batch("dinner", 20));
  }

  @Test
  void ordersOfAStalledSenderCarryTheirIntendedTimes() throws MalformedRecordException {
    // Given a schedule of four per second whose sender starts a minute late
    GeneratedOrders orders = generated(new GeneratedOrders.Wishes(MIX, 3, 0, null, 1), 1);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    SentOrders sent = new SentOrders(true);

    // When
    orders.pushTo(sent.sender, new StopSignal());

    // Then
    List<Order> found = new ArrayList<>();
    for (String value : sent.values()) {
      found.add(OrderCodec.decode(value.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(found).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(found.get(i).placedAt()).isEqualTo(START.plusMillis(250L * i));
    }
    assertThat(sent.keys()).isEqualTo(found.stream().map(Order::key).toList());
    assertThat(orders.fraction()).isEqualTo(1);
  }

  @Test
  void aStopEndsTheSending() {
    StopSignal stop = new StopSignal();
    stop.request();
    SentOrders sent = new SentOrders(true);

    generated(new GeneratedOrders.Wishes(MIX, 3, 0, null, 1), 1).pushTo(sent.sender, stop);

    assertThat(sent.values()).isEmpty();
  }

  private GeneratedOrders generated(GeneratedOrders.Wishes wishes, long run) {
    ArrivalSchedule.Clock clock = new ArrivalSchedule.Clock(() -> START, nanos::get);
    return new GeneratedOrders(
        wishes,
        new Batch("dinner", 20),
        new RunId(START, new SplittableRandom(run)),
        new ArrivalSchedule(new Rate(4), clock));
  }

  private static List<Order> take(GeneratedOrders orders, int count) {
    List<Order> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(orders.next(i));
    }
    return taken;
  }

  private static List<String> ids(List<Order> orders) {
    return orders.stream().map(Order::id).toList();
  }
}
