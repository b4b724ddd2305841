package dev.brigade.recipekit;

import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.worker.RecipeTrials.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An order in the log and what became of it. For the test's thread. */
public final class PlacedOrder {
  private final Order order;
  private final ConsumerRecord<byte[], byte[]> record;
  private final List<Retry> retries = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> ends = new ArrayList<>();
  private final List<Meal> meals = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private OrderState state = OrderState.WAITING;
  private boolean isCommitted;

  PlacedOrder(Order order, ConsumerRecord<byte[], byte[]> record) {
    this.order = order;
    this.record = record;
  }

  public Order order() {
    return order;
  }

  /** Its place in the log. */
  public CompletionId completionId() {
    return new CompletionId(record.partition(), record.offset());
  }

  public OrderState state() {
    return state;
  }

  /** Its tries that failed and were followed by others, those before crashes included. */
  public List<Retry> retries() {
    return List.copyOf(retries);
  }

  /**
   * Its meal; the last one if it has several.
   *
   * @throws IllegalStateException if it has none, with what became of it instead
   */
  public Meal meal() {
    return last(meals, "meal");
  }

  /** All of its meals: after a crash there may be another one, with the same completion id. */
  public List<Meal> meals() {
    return List.copyOf(meals);
  }

  /**
   * Its dead letter; the last one if it has several.
   *
   * @throws IllegalStateException if it has none, with what became of it instead
   */
  public DeadLetter deadLetter() {
    return last(deadLetters, "dead letter");
  }

  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /**
   * The record, headers included, of its last meal or dead letter.
   *
   * @throws IllegalStateException if it has none
   */
  public ProducerRecord<byte[], byte[]> end() {
    return last(ends, "end");
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(order.id() + " (" + state.name().toLowerCase(Locale.ROOT));
    if (state == OrderState.DEAD) {
      DeadLetter letter = deadLetters.get(deadLetters.size() - 1);
      text.append(", ").append(letter.reason().wireName()).append(": ").append(letter.error());
    } else if (!retries.isEmpty()) {
      text.append(", last failure: ").append(retries.get(retries.size() - 1).reason());
    }
    return text.append(')').toString();
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  void is(OrderState newState) {
    state = newState;
  }

  void retries(Retry retry) {
    retries.add(retry);
    state = OrderState.RETRYING;
  }

  void cooked(Outcome.Meal meal) {
    try {
      meals.add(MealCodec.decode(meal.record().value()));
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("a worker's meal can be read", e);
    }
    ends.add(meal.record());
    state = OrderState.COOKED;
  }

  void died(Outcome.DeadLetter letter) {
    try {
      deadLetters.add(DeadLetter.read(letter.record().headers()));
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("a worker's dead letter can be read", e);
    }
    ends.add(letter.record());
    state = OrderState.DEAD;
  }

  boolean hasEnded() {
    return state == OrderState.COOKED || state == OrderState.DEAD;
  }

  void commit() {
    isCommitted |= hasEnded();
  }

  boolean isCommitted() {
    return isCommitted;
  }

  private <T> T last(List<T> all, String what) {
    if (all.isEmpty()) {
      throw new IllegalStateException("there is no " + what + " of " + this);
    }
    return all.get(all.size() - 1);
  }
}
