package dev.brigade.monitor;

import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one partition and their ends, by offset. Each order's first end is reported exactly
 * once, whatever the order in which the two are read; all state that this takes is in the stores,
 * so that it moves together with the read offsets. An end that waits for its order is given up as
 * unknown once {@code orders} was read beyond the time at which that end was appended.
 *
 * <p>Confined to its task's thread.
 */
final class OrderLedger {
  /** More ends without their orders than this are not remembered; they count as unknown. */
  static final int MOST_EARLY = 100_000;

  private final KeyValueStore<Long, OrderState> orders;
  private final EndedOffsets endedOffsets;
  private final WindowTimes times;
  private final OpenOrders openOrders = new OpenOrders(this::openAt);
  private final List<Long> unreported = new ArrayList<>();
  private final Map<Long, Long> early = new LinkedHashMap<>();

  OrderLedger(
      KeyValueStore<Long, OrderState> orders, EndedOffsets endedOffsets, WindowTimes times) {
    this.orders = orders;
    this.endedOffsets = endedOffsets;
    this.times = times;
    try (KeyValueIterator<Long, OrderState> all = orders.all()) {
      while (all.hasNext()) {
        KeyValue<Long, OrderState> entry = all.next();
        remember(entry.key, entry.value);
      }
    }
  }

  private void remember(long offset, OrderState state) {
    if (state instanceof OrderState.Open open) {
      openOrders.opened(offset, open);
    } else if (state instanceof OrderState.Ended) {
      unreported.add(offset);
    } else if (state instanceof OrderState.EndedEarly ended) {
      early.put(offset, ended.end().at());
    }
  }

  private OrderState.@Nullable Open openAt(long offset) {
    return offset >= 0 && orders.get(offset) instanceof OrderState.Open open ? open : null;
  }

  /** An order that cannot be decoded is open like any other, until its dead letter. */
  void order(long offset, long appendedAt, byte @Nullable [] value) {
    OrderState.Open order = read(appendedAt, value);
    OrderState state =
        orders.get(offset) instanceof OrderState.EndedEarly ended
            ? new OrderState.Ended(ended.end().ofDish(order.dish()))
            : order;
    early.remove(offset);
    orders.put(offset, state);
    remember(offset, state);
  }

  private static OrderState.Open read(long appendedAt, byte @Nullable [] value) {
    try {
      Order order = OrderCodec.decode(value);
      long deadline =
          order.deadline() == null ? OrderState.NO_DEADLINE : order.deadline().toEpochMilli();
      return new OrderState.Open(appendedAt, deadline, order.dish());
    } catch (MalformedRecordException e) {
      return new OrderState.Open(appendedAt, OrderState.NO_DEADLINE, OrderState.NO_DISH);
    }
  }

  /**
   * @return null if this may be the order's first end
   */
  @Nullable OddityKind ended(long offset, OrderEnd end) {
    OrderState state = orders.get(offset);
    if (state instanceof OrderState.Open order) {
      OrderState ended = new OrderState.Ended(end.ofDish(order.dish()));
      orders.put(offset, ended);
      openOrders.closed(order);
      remember(offset, ended);
      return null;
    }
    if (state != null || endedOffsets.contains(offset)) {
      return OddityKind.DUPLICATE;
    }
    if (early.size() >= MOST_EARLY) {
      return OddityKind.UNKNOWN_ORDER;
    }
    OrderState ended = new OrderState.EndedEarly(end);
    orders.put(offset, ended);
    remember(offset, ended);
    return null;
  }

  /** Ends that {@link #report} will report, which is how large its work will be. */
  int unreported() {
    return unreported.size();
  }

  /**
   * Reports what ended since the last time, and where the partition stands now.
   *
   * @param now epoch milliseconds
   * @param readUntil every record appended before was processed, in all three topics
   * @param givenUp told the offset of each order that has an end and never came
   */
  void report(long now, long readUntil, Consumer<PartitionReport> reports, LongConsumer givenUp) {
    long completeUntil = readUntil == ReadProgress.UNKNOWN ? readUntil : times.withGrace(readUntil);
    giveUpEarly(completeUntil, givenUp);
    shares().forEach((window, totals) -> reports.accept(window.share(totals)));
    unreported.forEach(orders::delete);
    endedOffsets.addAll(unreported);
    unreported.clear();
    reports.accept(new PartitionReport.Standing(completeUntil, openOrders.stats(now)));
  }

  private void giveUpEarly(long completeUntil, LongConsumer givenUp) {
    for (Iterator<Map.Entry<Long, Long>> each = early.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Long, Long> entry = each.next();
      if (entry.getValue() < completeUntil) {
        each.remove();
        orders.delete(entry.getKey());
        givenUp.accept(entry.getKey());
      }
    }
  }

  private record Window(String dish, long start) implements Comparable<Window> {
    PartitionReport.Share share(WindowTotals totals) {
      return new PartitionReport.Share(dish, start, totals);
    }

    @Override
    public int compareTo(Window other) {
      int byStart = Long.compare(start, other.start);
      return byStart != 0 ? byStart : dish.compareTo(other.dish);
    }
  }

  private Map<Window, WindowTotals> shares() {
    Map<Window, WindowTotals> shares = new TreeMap<>();
    for (long offset : unreported) {
      if (orders.get(offset) instanceof OrderState.Ended ended) {
        OrderEnd end = ended.end();
        shares
            .computeIfAbsent(
                new Window(end.dish(), times.shareStart(end.at())), window -> new WindowTotals())
            .count(end);
      }
    }
    return shares;
  }
}
