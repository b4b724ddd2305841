package dev.brigade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What is ordered, known beforehand: the same workload gives the same orders, each in the same
 * place of a fresh log. Orders are numbered from 0; a meal is held against this book. About 12
 * bytes per order; immutable.
 */
final class OrderBook {
  static final String DISH = "work";
  static final String SLOW_DISH = "slow";

  private static final long SEED = 4_187;
  private static final int NO_TABLE = -1;

  private final int[] tables;
  private final char[] partitions;
  private final int[] offsets;
  private final int slowOrders;
  private final int hotTable;
  private final JsonNode payload;

  private OrderBook(
      int[] tables,
      char[] partitions,
      int[] offsets,
      int slowOrders,
      int hotTable,
      JsonNode payload) {
    this.tables = tables;
    this.partitions = partitions;
    this.offsets = offsets;
    this.slowOrders = slowOrders;
    this.hotTable = hotTable;
    this.payload = payload;
  }

  static OrderBook of(Workload work) {
    SplittableRandom random = new SplittableRandom(SEED);
    char[] partitionOfTable = new char[work.keys() + 1];
    for (int table = 0; table <= work.keys(); table++) {
      partitionOfTable[table] = partitionOf(nameOf(table), work.partitions());
    }
    int slow = work.slowHeads() ? work.partitions() : 0;
    int[] tables = new int[work.orders() + slow];
    char[] partitions = new char[tables.length];
    int[] offsets = new int[tables.length];
    int[] next = new int[work.partitions()];
    for (int seq = 0; seq < tables.length; seq++) {
      if (seq < slow) {
        tables[seq] = NO_TABLE - seq; // a table of its own: what follows must not wait for it
        partitions[seq] = (char) seq;
      } else {
        boolean hot = work.hotShare() > 0 && random.nextDouble() < work.hotShare();
        tables[seq] = hot ? work.keys() : random.nextInt(work.keys());
        partitions[seq] = partitionOfTable[tables[seq]];
      }
      offsets[seq] = next[partitions[seq]]++;
    }
    return new OrderBook(tables, partitions, offsets, slow, work.keys(), payload(work));
  }

  /** Only the hot table's orders. */
  OrderBook hotTableAlone() {
    int[] hot = IntStream.range(0, size()).filter(this::isHot).toArray();
    int[] own = new int[hot.length];
    Arrays.fill(own, hotTable);
    char[] at = new char[hot.length];
    int[] places = new int[hot.length];
    for (int seq = 0; seq < hot.length; seq++) {
      at[seq] = partitions[hot[seq]];
      places[seq] = seq;
    }
    return new OrderBook(own, at, places, 0, hotTable, payload);
  }

  /** The first orders of this book: those that have been placed. */
  OrderBook first(int count) {
    return new OrderBook(
        Arrays.copyOf(tables, count),
        Arrays.copyOf(partitions, count),
        Arrays.copyOf(offsets, count),
        Math.min(slowOrders, count),
        hotTable,
        payload);
  }

  private static JsonNode payload(Workload work) {
    return JsonNodeFactory.instance.textNode("x".repeat(Math.max(0, work.payloadBytes() - 2)));
  }

  /** As Kafka's producers place a key. */
  private static char partitionOf(String key, int partitions) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return (char) (Utils.toPositive(Utils.murmur2(bytes)) % partitions);
  }

  private static String nameOf(int table) {
    return table < 0 ? "slow-" + (NO_TABLE - table) : "t" + table;
  }

  int size() {
    return tables.length;
  }

  int table(int seq) {
    return tables[seq];
  }

  boolean isHot(int seq) {
    return tables[seq] == hotTable;
  }

  boolean isSlow(int seq) {
    return seq < slowOrders;
  }

  int partition(int seq) {
    return partitions[seq];
  }

  int offset(int seq) {
    return offsets[seq];
  }

  String key(int seq) {
    return nameOf(tables[seq]);
  }

  static String id(int seq) {
    return "o" + seq;
  }

  /**
   * @return the number of the order with this id, or -1 if it is none of this book
   */
  int seq(String id) {
    if (id.length() < 2 || id.length() > 10 || id.charAt(0) != 'o') {
      return -1;
    }
    int seq = 0;
    for (int i = 1; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      seq = seq * 10 + digit;
    }
    return seq < size() ? seq : -1;
  }

  /** An order as its record's value. */
  byte[] value(int seq, Instant placedAt) {
    String dish = isSlow(seq) ? SLOW_DISH : DISH;
    return OrderCodec.encode(new Order(id(seq), dish, placedAt, key(seq), null, null, payload));
  }

  ProducerRecord<byte[], byte[]> record(String topic, int seq, Instant placedAt) {
    return record(topic, seq, value(seq, placedAt));
  }

  ProducerRecord<byte[], byte[]> meal(String topic, int seq, Instant at) {
    Meal meal =
        new Meal(
            id(seq),
            DISH,
            key(seq),
            "bench",
            0,
            partitions[seq],
            offsets[seq],
            1,
            at,
            at,
            at,
            0,
            null,
            NullNode.getInstance());
    return record(topic, seq, MealCodec.encode(meal));
  }

  private ProducerRecord<byte[], byte[]> record(String topic, int seq, byte[] value) {
    byte[] key = key(seq).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, (int) partitions[seq], key, value);
  }
}
