package dev.brigade.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.Batch;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Made-up orders: dishes, tables and payloads follow from the seed alone, ids from the run, times
 * from the schedule. Confined to the sending thread, but for what {@link OrderSource} allows
 * others.
 */
final class GeneratedOrders implements OrderSource {
  private static final char[] PAYLOAD_CHARS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".toCharArray();

  /**
   * @param tables how many tables order; 0 if orders have none
   * @param payloadBytes the length of each payload, a JSON string; 0 if there is none
   * @param deadline from the intended time
   */
  record Wishes(
      DishMix dishes, int tables, int payloadBytes, @Nullable Duration deadline, long seed) {}

  private final Wishes wishes;
  private final Batch batch;
  private final RunId ids;
  private final ArrivalSchedule schedule;
  private final SplittableRandom random;
  private volatile long pushed;

  GeneratedOrders(Wishes wishes, Batch batch, RunId ids, ArrivalSchedule schedule) {
    this.wishes = wishes;
    this.batch = batch;
    this.ids = ids;
    this.schedule = schedule;
    this.random = new SplittableRandom(wishes.seed());
  }

  @Override
  public void pushTo(OrderSender sender, StopSignal stop) {
    for (long i = 0; i < batch.size(); i++) {
      schedule.awaitDue(i, stop);
      if (stop.isRequested() || sender.breakage() != null) {
        return;
      }
      Order order = next(i);
      sender.send(i + 1, order.key().getBytes(StandardCharsets.UTF_8), OrderCodec.encode(order));
      pushed = i + 1;
    }
  }

  /** The orders must be taken in sequence, from 0. */
  Order next(long i) {
    String dish = wishes.dishes().dish(random.nextLong(wishes.dishes().total()));
    String table = wishes.tables() == 0 ? null : "t-" + (1 + random.nextInt(wishes.tables()));
    JsonNode payload = payload();
    Instant placedAt = schedule.intended(i);
    Instant deadline = wishes.deadline() == null ? null : placedAt.plus(wishes.deadline());
    return new Order(ids.order(i), dish, placedAt, table, deadline, batch, payload);
  }

  private JsonNode payload() {
    if (wishes.payloadBytes() == 0) {
      return NullNode.getInstance();
    }
    char[] text = new char[wishes.payloadBytes()];
    long bits = 0;
    for (int i = 0; i < text.length; i++) {
      bits = i % 10 == 0 ? random.nextLong() : bits >>> 6;
      text[i] = PAYLOAD_CHARS[(int) (bits & 63)];
    }
    return TextNode.valueOf(new String(text));
  }

  @Override
  public void notAcknowledged(long number, String reason) {
    // Counted by the sender; a generated order has no line to report.
  }

  @Override
  public double fraction() {
    return (double) pushed / batch.size();
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public @Nullable Intake intake() {
    return null;
  }
}
