package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Order;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a worker decides about orders and results, without its threads, brokers and clock: for
 * brigade-recipe-kit, so that what a recipe's test sees is what a worker would write. All dishes
 * have a recipe. Confined to one thread at a time.
 */
public final class RecipeTrials {
  private static final Recipe SOME_RECIPE = (order, context) -> CookResult.cooked();

  private final Rules rules;
  private final InstantSource clock;
  private final Inspection inspection;
  private final EndRecords endRecords;
  private final RetryPolicy policy;
  // Without jitter: the longest that full jitter may choose.
  private final RetryBackoff backoff = new RetryBackoff(bound -> bound - 1);

  /**
   * As the worker's options of these names.
   *
   * @param maxElapsed null for any time
   */
  public record Rules(
      String kitchen,
      String workerId,
      int maxAttempts,
      @Nullable Duration maxElapsed,
      Duration cookTimeout) {
    public static final int DEFAULT_MAX_ATTEMPTS = RetryPolicy.DEFAULT_MAX_ATTEMPTS;
  }

  /** What becomes of an order after a try. */
  public sealed interface Outcome {
    /** The record for the topic of meals. */
    record Meal(ProducerRecord<byte[], byte[]> record) implements Outcome {}

    /** The record for the topic of dead letters. */
    record DeadLetter(ProducerRecord<byte[], byte[]> record) implements Outcome {}

    /**
     * Another try.
     *
     * @param delay what the recipe asked for, else the longest that the back-off may choose
     */
    record Retry(String reason, Duration delay) implements Outcome {}
  }

  public RecipeTrials(Rules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    this.inspection =
        new Inspection(
            new GuardedRecipes(
                new Recipes(Map.of(Recipes.ANY_DISH, SOME_RECIPE)),
                new RecipeLimits(RecipeLimits.NO_BREAKER, Duration.ZERO, Map.of()),
                (dish, state) -> {}),
            clock);
    this.endRecords = new EndRecords(new Kitchen(rules.kitchen()), rules.workerId());
    this.policy =
        new RetryPolicy(rules.maxAttempts(), rules.maxElapsed(), RetryPolicy.DEFAULT_BUDGET);
  }

  /** An order as a worker has it that has just read it. */
  public Trial read(ConsumerRecord<byte[], byte[]> order) {
    return new Trial(order);
  }

  /** One order in one worker's hands: inspected, begun and ended once for each try. */
  public final class Trial {
    private final OpenOrder open;
    private Instant tryBegan = Instant.MIN;
    private int chef;

    private Trial(ConsumerRecord<byte[], byte[]> record) {
      Assignment assignment =
          new Assignment(new TopicPartition(record.topic(), record.partition()));
      this.open = new OpenOrder(record, assignment, Ordering.NONE);
    }

    /** Before each try: how the order ends if it cannot be cooked; null if it can. */
    public Outcome.@Nullable DeadLetter inspect() {
      try {
        inspection.inspect(open);
        return null;
      } catch (RefusedOrder refused) {
        return dead(refused.reason(), refused.error());
      }
    }

    /** What the recipe gets; to be called after {@link #inspect}. */
    public Order order() {
      return Objects.requireNonNull(open.decoded);
    }

    /** Begins a try. */
    public CookContext begin(int byChef) {
      chef = byChef;
      tryBegan = clock.instant();
      open.attempts++;
      if (open.firstStartedAt == null) {
        open.firstStartedAt = tryBegan;
      }
      Map<String, String> headers = new HashMap<>();
      for (Header header : open.record.headers()) {
        if (header.value() != null) {
          headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
      }
      return new CookContext(
          rules.workerId(), chef, open.attempts, open.completionId(), Map.copyOf(headers));
    }

    /** The recipe returned this. */
    public Outcome returned(@Nullable CookResult result) {
      if (result instanceof CookResult.Cooked cooked) {
        Instant now = clock.instant();
        long cookNanos = Duration.between(tryBegan, now).toNanos();
        return new Outcome.Meal(endRecords.meal(open, chef, cooked.result(), cookNanos, now));
      } else if (result instanceof CookResult.Rejected rejected) {
        return dead(DeadLetterReason.REJECTED, rejected.reason());
      } else if (result instanceof CookResult.Retry retry) {
        return failed(retry, DeadLetterReason.EXHAUSTED);
      }
      return failed(FailedTry.returnedNull(), DeadLetterReason.EXHAUSTED);
    }

    /**
     * The recipe threw this, or its stage completed with it.
     *
     * @throws OutOfMemoryError if it is one: a worker ends then
     */
    public Outcome threw(Throwable failure) {
      return failed(FailedTry.threw(failure), DeadLetterReason.EXHAUSTED);
    }

    /** The try was interrupted because it took too long. */
    public Outcome timedOut() {
      return failed(FailedTry.tookLongerThan(rules.cookTimeout()), DeadLetterReason.TIMED_OUT);
    }

    private Outcome failed(CookResult.Retry failure, DeadLetterReason ifLast) {
      Duration delay =
          failure.after() != null ? failure.after() : backoff.afterFailures(open.attempts);
      Instant began = Objects.requireNonNull(open.firstStartedAt);
      Duration elapsed = Duration.between(began, clock.instant()).plus(delay);
      return policy.allowsAfter(open.attempts, elapsed)
          ? new Outcome.Retry(failure.reason(), delay)
          : dead(ifLast, failure.reason());
    }

    private Outcome.DeadLetter dead(DeadLetterReason reason, String error) {
      return new Outcome.DeadLetter(endRecords.deadLetter(open, reason, error, clock.instant()));
    }
  }
}
