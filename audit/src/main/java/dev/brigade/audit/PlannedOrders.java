package dev.brigade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;

/** The orders of a plan one after the other: the same seed orders the same. Not thread-safe. */
final class PlannedOrders {
  private final String prefix;
  private final LedgeredSender.Plan plan;
  private final JsonNode payload;
  private final SplittableRandom random;

  /** Of orders beside the plan, which stays what it is. */
  private final SplittableRandom others;

  private final long[] sequences;
  private final Hashes hashes = new Hashes();
  private long number;

  /**
   * @param prefix of the orders' ids
   */
  PlannedOrders(String prefix, LedgeredSender.Plan plan) {
    this.prefix = prefix;
    this.plan = plan;
    this.payload = plan.payload() == null ? NullNode.getInstance() : plan.payload();
    this.random = new SplittableRandom(plan.seed());
    this.others = new SplittableRandom(~plan.seed());
    this.sequences = new long[plan.tables()];
  }

  /** An order and how it stands in the ledger. */
  record Planned(Ledger.Intent intent, byte[] key, byte[] value) {}

  Planned next(Instant placedAt) {
    int table = random.nextInt(plan.tables());
    return next(placedAt, table, plan.dishes().get(random.nextInt(plan.dishes().size())));
  }

  /** One of that dish, whatever is planned. */
  Planned next(Instant placedAt, String dish) {
    return next(placedAt, others.nextInt(plan.tables()), dish);
  }

  private Planned next(Instant placedAt, int table, String dish) {
    String key = "table-" + table;
    Order order = new Order(prefix + "-" + number++, dish, placedAt, key, null, null, payload);
    byte[] value = OrderCodec.encode(order);
    return new Planned(
        new Ledger.Intent(order.id(), key, sequences[table]++, hashes.of(value)),
        key.getBytes(StandardCharsets.UTF_8),
        value);
  }
}
