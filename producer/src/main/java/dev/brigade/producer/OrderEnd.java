package dev.brigade.producer;

import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One order's end as read from the log.
 *
 * @param partition of the order
 * @param offset of the order
 * @param cooked true for a meal, false for a dead letter
 * @param completionMicros placedAt to finishedAt of a meal, not negative; 0 for a dead letter
 */
record OrderEnd(int partition, long offset, boolean cooked, long completionMicros) {
  static OrderEnd ofMeal(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    Meal meal = MealCodec.decode(record.value());
    long micros = ChronoUnit.MICROS.between(meal.placedAt(), meal.finishedAt());
    return new OrderEnd(meal.partition(), meal.offset(), true, Math.max(0, micros));
  }

  static OrderEnd ofDeadLetter(ConsumerRecord<byte[], byte[]> record)
      throws MalformedRecordException {
    DeadLetter letter = DeadLetter.read(record.headers());
    return new OrderEnd(letter.origin().partition(), letter.origin().offset(), false, 0);
  }
}
