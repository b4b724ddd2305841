package dev.brigade.worker;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does beforehand what the first order would wait for, while the worker joins its group: the
 * producer connects and learns where the meals go, and the codec's classes are loaded. Partitions
 * that move to a fresh worker stand still for that much less.
 */
final class WarmUp implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private final Pass pass;
  private final Kitchen kitchen;

  WarmUp(Pass pass, Kitchen kitchen) {
    this.pass = pass;
    this.kitchen = kitchen;
  }

  @Override
  public void run() {
    try {
      Order order =
          OrderCodec.decode(OrderCodec.encode(new Order("warm-up", "any", Instant.EPOCH)));
      MealCodec.encode(
          new Meal(
              order.id(),
              order.dish(),
              order.table(),
              "any",
              0,
              0,
              0,
              1,
              order.placedAt(),
              order.placedAt(),
              order.placedAt(),
              0,
              order.batch(),
              NullNode.getInstance()));
      pass.findOut(kitchen.meals());
    } catch (MalformedRecordException | KafkaException | IllegalStateException e) {
      // The first order finds out for itself; a worker that is stopped now closes the producer.
      LOG.debug("could not warm up", e);
    }
  }
}
