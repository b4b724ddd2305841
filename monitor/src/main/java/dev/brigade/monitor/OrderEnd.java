package dev.brigade.monitor;

import dev.brigade.orders.Meal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What is measured when an order ends. Latencies are clamped to 0 to {@link
 * LatencyHistograms#MAX_MICROS} microseconds, and counted where that changed them.
 *
 * @param at append time of the record that ended it, epoch milliseconds; it decides the window
 * @param cooked false for a dead letter, which has no latencies
 * @param dish empty if nobody could read it
 * @param completion placedAt to finishedAt
 * @param waiting placedAt to startedAt
 * @param cook the successful try alone
 * @param clamped how many of the three had to be clamped
 */
record OrderEnd(
    long at, boolean cooked, String dish, long completion, long waiting, long cook, int clamped) {

  static OrderEnd of(Meal meal, long at) {
    long completion = micros(meal.placedAt(), meal.finishedAt());
    long waiting = micros(meal.placedAt(), meal.startedAt());
    long cook = meal.cookMicros();
    int clamped = 0;
    for (long micros : new long[] {completion, waiting, cook}) {
      clamped += micros == clamp(micros) ? 0 : 1;
    }
    return new OrderEnd(
        at, true, meal.dish(), clamp(completion), clamp(waiting), clamp(cook), clamped);
  }

  static OrderEnd deadLetter(long at) {
    return new OrderEnd(at, false, OrderState.NO_DISH, 0, 0, 0, 0);
  }

  /** A dead letter does not name its dish, the order does. */
  OrderEnd ofDish(String orderDish) {
    return cooked ? this : new OrderEnd(at, false, orderDish, 0, 0, 0, 0);
  }

  /** Beyond the limits only which side they are on is kept: a time may be as odd as its sender. */
  private static long micros(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    if (duration.isNegative()) {
      return -1;
    }
    long seconds = Math.min(duration.toSeconds(), LatencyHistograms.MAX_MICROS / 1_000_000 + 1);
    return seconds * 1_000_000 + duration.toNanosPart() / 1000;
  }

  private static long clamp(long micros) {
    return Math.max(0, Math.min(LatencyHistograms.MAX_MICROS, micros));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(at);
    out.writeBoolean(cooked);
    out.writeUTF(dish);
    if (cooked) {
      out.writeLong(completion);
      out.writeLong(waiting);
      out.writeLong(cook);
      out.writeByte(clamped);
    }
  }

  static OrderEnd read(DataInput in) throws IOException {
    long at = in.readLong();
    boolean cooked = in.readBoolean();
    String dish = in.readUTF();
    return cooked
        ? new OrderEnd(
            at, true, dish, in.readLong(), in.readLong(), in.readLong(), in.readUnsignedByte())
        : new OrderEnd(at, false, dish, 0, 0, 0, 0);
  }
}
