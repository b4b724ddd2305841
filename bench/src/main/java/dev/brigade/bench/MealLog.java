package dev.brigade.bench;

import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The meals of a run as any consumer reads them, held against the orders: whatever was measured
 * counts only if the work was right. Meals are numbered as they were read: those of a partition are
 * in log order. About 24 bytes per meal; confined to one thread.
 */
final class MealLog {
  private static final int MOST_FAULTS_SHOWN = 3;

  private final OrderBook book;
  private final Map<String, Integer> workerNumbers = new HashMap<>();
  private final List<String> oddities = new ArrayList<>();
  private int odd;
  private int size;
  private int[] orders;
  private long[] appendedAt;
  private short[] workers;

  private MealLog(OrderBook book) {
    this.book = book;
    this.orders = new int[book.size()];
    this.appendedAt = new long[book.size()];
    this.workers = new short[book.size()];
  }

  /** Reads the meals from the log's beginning to its end as of now. */
  static MealLog read(Site site, OrderBook book) {
    MealLog log = new MealLog(book);
    try (LogOffsets offsets = new LogOffsets(site.clientConfig());
        LogReader reader = new LogReader(site.clientConfig())) {
      List<TopicPartition> meals = offsets.partitions(Site.KITCHEN.meals());
      reader.read(offsets.beginnings(meals), offsets.ends(meals), log::add);
    }
    return log;
  }

  /** The meals of these records, those of a partition in log order. */
  static MealLog of(OrderBook book, List<ConsumerRecord<byte[], byte[]>> records) {
    MealLog log = new MealLog(book);
    records.forEach(log::add);
    return log;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      Meal meal = MealCodec.decode(record.value());
      int order = book.seq(meal.orderId());
      String oddity = oddity(record, meal, order);
      if (oddity.isEmpty()) {
        append(order, record.timestamp(), meal.worker());
      } else {
        odd(record, oddity);
      }
    } catch (MalformedRecordException e) {
      odd(record, "is no meal: " + e.getMessage());
    }
  }

  private String oddity(ConsumerRecord<byte[], byte[]> record, Meal meal, int order) {
    if (order < 0) {
      return "is of an order that nobody placed";
    }
    if (meal.partition() != book.partition(order) || meal.offset() != book.offset(order)) {
      return "names another place than its order's";
    }
    if (record.partition() != book.partition(order)) {
      return "lies in another partition than its order";
    }
    byte[] key = book.key(order).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(record.key(), key) ? "" : "has another key than its order";
  }

  private void odd(ConsumerRecord<byte[], byte[]> record, String what) {
    if (++odd <= MOST_FAULTS_SHOWN) {
      oddities.add("meal %d/%d %s".formatted(record.partition(), record.offset(), what));
    }
  }

  private void append(int order, long at, String worker) {
    if (size == orders.length) {
      int capacity = size + size / 2 + 16;
      orders = Arrays.copyOf(orders, capacity);
      appendedAt = Arrays.copyOf(appendedAt, capacity);
      workers = Arrays.copyOf(workers, capacity);
    }
    orders[size] = order;
    appendedAt[size] = at;
    workers[size++] =
        (short) (int) workerNumbers.computeIfAbsent(worker, name -> workerNumbers.size());
  }

  int size() {
    return size;
  }

  int order(int meal) {
    return orders[meal];
  }

  /** Milliseconds since the epoch, by the broker's clock. */
  long appendedAt(int meal) {
    return appendedAt[meal];
  }

  /** Which process cooked it: a number from 0. */
  int worker(int meal) {
    return workers[meal];
  }

  int workers() {
    return workerNumbers.size();
  }

  /** From the first to the last meal of these orders, by append time. */
  Span span(IntPredicate order) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int count = 0;
    for (int meal = 0; meal < size; meal++) {
      if (order.test(orders[meal])) {
        first = Math.min(first, appendedAt[meal]);
        last = Math.max(last, appendedAt[meal]);
        count++;
      }
    }
    return new Span(count, first, last);
  }

  /** From the first to the last meal of all. */
  Span span() {
    return span(order -> true);
  }

  /** Meals beyond one per order. */
  int duplicates() {
    return size - distinct();
  }

  private int distinct() {
    boolean[] cooked = new boolean[book.size()];
    int distinct = 0;
    for (int meal = 0; meal < size; meal++) {
      if (!cooked[orders[meal]]) {
        cooked[orders[meal]] = true;
        distinct++;
      }
    }
    return distinct;
  }

  /**
   * What is wrong with the work, one line each; nothing if all is well.
   *
   * @param mayRepeat whether a process was killed, after which orders may be cooked again
   */
  List<String> faults(OrderPromise promise, boolean mayRepeat) {
    List<String> faults = new ArrayList<>(oddities);
    if (odd > MOST_FAULTS_SHOWN) {
      faults.add("%,d odd meals in all".formatted(odd));
    }
    int missing = book.size() - distinct();
    if (missing > 0) {
      faults.add("%,d of %,d orders have no meal".formatted(missing, book.size()));
    }
    if (!mayRepeat && duplicates() > 0) {
      faults.add("%,d meals too many".formatted(duplicates()));
    }
    if (promise != OrderPromise.NONE) {
      overtakings(faults);
    }
    return faults;
  }

  /** Counts first meals that come behind one of a later order of the same table. */
  private void overtakings(List<String> faults) {
    Map<Integer, Integer> latest = new HashMap<>();
    boolean[] cooked = new boolean[book.size()];
    int overtaken = 0;
    for (int meal = 0; meal < size; meal++) {
      int order = orders[meal];
      if (!cooked[order]) {
        cooked[order] = true;
        int before = latest.merge(book.table(order), order, Math::max);
        overtaken += before > order ? 1 : 0;
      }
    }
    if (overtaken > 0) {
      faults.add("%,d orders were overtaken by a later one of their table".formatted(overtaken));
    }
  }
}
