package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Instant;
import java.time.InstantSource;

/** Decides before each try whether an order can be cooked. Thread-safe. */
final class Inspection {
  private final GuardedRecipes recipes;
  private final InstantSource clock;

  Inspection(GuardedRecipes recipes, InstantSource clock) {
    this.recipes = recipes;
    this.clock = clock;
  }

  /**
   * Decodes the order if that is still to be done.
   *
   * @return the recipe to cook it by
   */
  GuardedRecipe inspect(OpenOrder open) throws RefusedOrder {
    Order order = open.decoded;
    if (order == null) {
      order = decode(open);
      open.decoded = order;
    }
    Instant deadline = order.deadline();
    if (deadline != null && deadline.isBefore(clock.instant())) {
      throw new RefusedOrder(DeadLetterReason.EXPIRED, "its deadline was " + deadline);
    }
    GuardedRecipe recipe = recipes.forDish(order.dish());
    if (recipe == null) {
      throw new RefusedOrder(
          DeadLetterReason.NO_RECIPE, "this worker has no recipe for dish " + order.dish());
    }
    return recipe;
  }

  private static Order decode(OpenOrder open) throws RefusedOrder {
    String excess = RecordSize.excess(open.record);
    if (excess != null) {
      throw new RefusedOrder(DeadLetterReason.OVERSIZE, excess);
    }
    int headers = open.record.headers().toArray().length;
    if (headers > Order.MAX_HEADERS) {
      throw new RefusedOrder(
          DeadLetterReason.INVALID, headers + " headers, the limit is " + Order.MAX_HEADERS);
    }
    try {
      return OrderCodec.decode(open.record.value());
    } catch (MalformedRecordException e) {
      throw new RefusedOrder(
          e.isDecodable() ? DeadLetterReason.INVALID : DeadLetterReason.UNDECODABLE,
          String.valueOf(e.getMessage()));
    }
  }
}
