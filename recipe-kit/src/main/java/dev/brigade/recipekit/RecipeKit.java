package dev.brigade.recipekit;

import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Meal;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.worker.AsyncRecipe;
import dev.brigade.worker.Recipe;
import dev.brigade.worker.RecipeTrials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Runs a recipe as a worker does, without brokers: orders of one table one at a time and in order,
 * retries after a back-off, the timeout, dead letters, and a crash after which orders come again.
 * Nothing happens by itself. {@link #cook} cooks what can be cooked now; {@link #advance} and
 * {@link #cookAll} let time pass.
 *
 * <pre>{@code
 * try (RecipeKit kit = RecipeKit.of(Burger::new)) {
 *   PlacedOrder order = kit.order().payload("{\"rare\": true}").place();
 *   kit.cook();
 *   assertThat(order.meal().attempts()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>A recipe that returns takes no time. One that is to take time has what it waits for call
 * {@link KitClock#sleep} (or {@link KitClock#after}): the kit then knows that it waits, and the
 * outcome does not depend on how fast the machine is. For one thread, the test's.
 */
public final class RecipeKit implements AutoCloseable {
  private static final String KITCHEN = "kitchen";
  private static final String WORKER = "recipe-kit";
  private static final int PARTITION = 0;

  private final Supplier<? extends AsyncRecipe> recipes;
  private final KitOptions options;
  private final KitClock clock;
  private final RecipeTrials trials;
  private final List<PlacedOrder> log = new ArrayList<>();
  private final List<Meal> meals = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<KitWorker> crashed = new ArrayList<>();
  private KitWorker worker;

  private RecipeKit(Supplier<? extends AsyncRecipe> recipes, KitOptions options) {
    this.recipes = recipes;
    this.options = options;
    this.clock = options.clock();
    this.trials =
        new RecipeTrials(
            new RecipeTrials.Rules(
                KITCHEN,
                WORKER,
                options.maxAttempts(),
                options.maxElapsed(),
                options.cookTimeout()),
            clock);
    this.worker = newWorker();
  }

  /**
   * A worker with the defaults of {@code brigade worker}.
   *
   * @param recipe called once for each life of the worker, as a worker that starts makes an
   *     instance
   */
  public static RecipeKit of(Supplier<? extends Recipe> recipe) {
    return of(recipe, KitOptions.defaults());
  }

  public static RecipeKit of(Supplier<? extends Recipe> recipe, KitOptions options) {
    return new RecipeKit(() -> new BlockingRecipe(recipe.get()), options);
  }

  /** As {@link #of(Supplier)}. */
  public static RecipeKit ofAsync(Supplier<? extends AsyncRecipe> recipe) {
    return ofAsync(recipe, KitOptions.defaults());
  }

  public static RecipeKit ofAsync(Supplier<? extends AsyncRecipe> recipe, KitOptions options) {
    return new RecipeKit(recipe, options);
  }

  /** An order to be described and placed. */
  public OrderBuilder order() {
    return new OrderBuilder(this, "order-" + (log.size() + 1), clock.instant());
  }

  /** Puts an order into the log as it is. */
  public PlacedOrder place(Order order) {
    return place(order, new RecordHeaders());
  }

  PlacedOrder place(Order order, Headers headers) {
    byte[] key = order.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = OrderCodec.encode(order);
    PlacedOrder placed =
        new PlacedOrder(
            order,
            new ConsumerRecord<>(
                KITCHEN + ".orders",
                PARTITION,
                log.size(),
                clock.millis(),
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(headers.toArray()),
                Optional.empty()));
    log.add(placed);
    worker.read(placed);
    return placed;
  }

  /** Cooks everything that can be cooked now. No time passes. */
  public void cook() {
    worker.cook();
  }

  /** Lets time pass and cooks: what is due meanwhile happens in its order and at its time. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + time);
    }
    Instant until = clock.instant().plus(time);
    cook();
    for (KitClock.Alarm next = clock.next();
        next != null && !next.at().isAfter(until);
        next = clock.next()) {
      clock.ring(next);
      cook();
    }
    clock.moveTo(until);
  }

  /**
   * Lets time pass and cooks until every order has its end.
   *
   * @throws IllegalStateException if an asynchronous try would time out: whether its stage would
   *     have completed in time, the kit cannot know; complete it, use {@link #awaitStages}, or pass
   *     the timeout with {@link #advance}
   */
  public void cookAll() {
    cook();
    while (log.stream().anyMatch(order -> !order.hasEnded())) {
      KitClock.Alarm next = clock.next();
      if (next == null) {
        throw new IllegalStateException("nothing more can happen to " + open());
      }
      Cooking.Try waiting = worker.waitingForStage(next);
      if (waiting != null) {
        throw new IllegalStateException(
            waiting.thread.getName()
                + ": its stage is not complete; complete it, call awaitStages() if another thread"
                + " does, or let it time out with advance()");
      }
      clock.ring(next);
      cook();
    }
  }

  /**
   * Waits, in real time, until no asynchronous try is under way, and cooks. For stages that another
   * thread completes; what the test or the clock completes needs only {@link #cook}.
   *
   * @throws IllegalStateException if a stage is not complete when the patience has passed
   */
  public void awaitStages() {
    worker.awaitStages();
  }

  /** The offsets of all orders that have their ends are committed: no crash brings them back. */
  public void commit() {
    log.forEach(PlacedOrder::commit);
  }

  /**
   * The worker's process dies right after a commit and another one starts, with a new instance of
   * the recipe. Orders without an end come again, with the same completion ids; their attempts are
   * counted anew. What was asleep never wakes; what was not complete is not listened to any more.
   */
  public void crash() {
    commit();
    crashBeforeCommit();
  }

  /**
   * As {@link #crash}, before a commit: orders that got their ends since the last {@link #commit}
   * (or crash) come again, too, and will have one more end.
   */
  public void crashBeforeCommit() {
    worker.crash();
    crashed.add(worker);
    worker = newWorker();
    log.stream().filter(order -> !order.isCommitted()).forEach(worker::read);
  }

  /** All orders in log order. */
  public List<PlacedOrder> orders() {
    return List.copyOf(log);
  }

  /** Those that are in this state now, in log order. */
  public List<PlacedOrder> orders(OrderState state) {
    return log.stream().filter(order -> order.state() == state).toList();
  }

  /** All meals in the order in which they were written, those before crashes included. */
  public List<Meal> meals() {
    return List.copyOf(meals);
  }

  /** All dead letters in the order in which they were written. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  public KitClock clock() {
    return clock;
  }

  /** Closes the recipe, as a worker that is stopped does; a crashed worker's never is. */
  @Override
  public void close() {
    worker.crash();
    crashed.add(worker);
    crashed.forEach(KitWorker::abandon);
    try {
      worker.recipe().close();
    } catch (Exception e) {
      throw new IllegalStateException("closing the recipe failed: " + e, e);
    }
  }

  private KitWorker newWorker() {
    return new KitWorker(recipes.get(), options, trials, this::ended);
  }

  private void ended(PlacedOrder order) {
    if (order.state() == OrderState.COOKED) {
      meals.add(order.meal());
    } else {
      deadLetters.add(order.deadLetter());
    }
  }

  private List<PlacedOrder> open() {
    return log.stream().filter(order -> !order.hasEnded()).toList();
  }
}
