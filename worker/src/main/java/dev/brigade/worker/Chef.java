package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Text;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders, one at a time, and sees each try to its verdict: a meal or a dead letter for the
 * pass, or another try later. Never sends and holds no lock while cooking.
 */
final class Chef implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Chef.class);

  private final int number;
  private final Stove stove;
  private final KeyQueues queues;
  private final Inspection inspection;
  private final EndRecords endRecords;
  private final Pass pass;
  private final Retries retries;
  private final WorkerOptions options;
  private final RetryBackoff backoff = new RetryBackoff();
  private final ActivityFeed activity;
  private final LongAdder failedTries;
  private final InstantSource clock;
  private final Watch watch;

  Chef(int number, Stove stove, Crew.Tools tools) {
    this.number = number;
    this.stove = stove;
    this.queues = tools.queues();
    this.inspection = tools.inspection();
    this.endRecords = tools.endRecords();
    this.pass = tools.pass();
    this.retries = tools.retries();
    this.options = tools.options();
    this.activity = tools.activity();
    this.failedTries = tools.failedTries();
    this.clock = tools.clock();
    this.watch = tools.watch();
  }

  @Override
  public void run() {
    OpenOrder order;
    while ((order = queues.take(number)) != null) {
      try {
        tryOnce(order, inspection.inspect(order));
      } catch (RefusedOrder refused) {
        giveUp(order, refused.reason(), refused.error());
      }
    }
  }

  private void tryOnce(OpenOrder order, Recipe recipe) {
    order.attempts++;
    if (order.firstStartedAt == null) {
      order.firstStartedAt = clock.instant();
      order.firstStartedNanos = System.nanoTime();
    }
    long startedNanos = System.nanoTime();
    CookResult result;
    Stove.Interruption interruption;
    stove.light(order);
    try {
      result = recipe.cook(Objects.requireNonNull(order.decoded), context(order));
    } catch (Throwable e) {
      result = failure(e);
    } finally {
      interruption = stove.putOut();
    }
    long cookNanos = System.nanoTime() - startedNanos;
    switch (interruption) {
      case CANCELLED -> drop(order);
      case TIMED_OUT ->
          failed(
              order,
              new CookResult.Retry("took longer than " + options.cookTimeout(), null),
              DeadLetterReason.TIMED_OUT);
      case NONE -> judge(order, result, cookNanos);
    }
  }

  private void judge(OpenOrder order, CookResult result, long cookNanos) {
    if (result instanceof CookResult.Cooked cooked) {
      watch.cooked(order, cookNanos);
      pass.put(
          new EndedOrder(order, endRecords.meal(order, number, cooked.result(), cookNanos), true));
      queues.ended(order);
    } else if (result instanceof CookResult.Retry retry) {
      failed(order, retry, DeadLetterReason.EXHAUSTED);
    } else if (result instanceof CookResult.Rejected rejected) {
      failedTries.increment();
      watch.failed(DeadLetterReason.REJECTED);
      activity.chefFailed(order, number, rejected.reason());
      giveUp(order, DeadLetterReason.REJECTED, rejected.reason());
    } else {
      failed(
          order,
          new CookResult.Retry("the recipe returned null", null),
          DeadLetterReason.EXHAUSTED);
    }
  }

  private void failed(OpenOrder order, CookResult.Retry failure, DeadLetterReason ifLast) {
    order.lastChef = number;
    failedTries.increment();
    watch.failed(ifLast);
    activity.chefFailed(order, number, failure.reason());
    if (order.attempts >= options.maxAttempts()) {
      giveUp(order, ifLast, failure.reason());
      return;
    }
    Duration delay =
        failure.after() != null ? failure.after() : backoff.afterFailures(order.attempts);
    activity.retrying(order, number, failure.reason(), delay);
    retries.schedule(order, delay);
    order.assignment.settle();
  }

  private void giveUp(OpenOrder order, DeadLetterReason reason, String error) {
    LOG.warn(
        "order at {} becomes a dead letter ({}) after {} attempts: {}",
        order.completionId(),
        reason.wireName(),
        order.attempts,
        Text.shown(error));
    order.deadReason = reason;
    pass.put(
        new EndedOrder(order, endRecords.deadLetter(order, reason, error, clock.instant()), false));
    queues.ended(order);
  }

  /** Its partition has left us: whoever holds it now cooks it again. */
  private void drop(OpenOrder order) {
    queues.ended(order);
    order.assignment.settle();
  }

  /**
   * Whatever a recipe throws is that try's failure and the chef goes on: an order that nobody
   * settles would hold its key and its partition for good. Only a JVM out of memory cannot.
   */
  private static CookResult failure(Throwable e) {
    if (e instanceof OutOfMemoryError error) {
      throw error;
    }
    String message = e.getMessage();
    return CookResult.retry(e.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }

  private CookContext context(OpenOrder order) {
    return new CookContext(
        options.workerId(),
        number,
        order.attempts,
        order.completionId(),
        headers(order.record.headers()));
  }

  private static Map<String, String> headers(Headers headers) {
    if (!headers.iterator().hasNext()) {
      return Map.of();
    }
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(header -> header.value() != null)
        .collect(
            Collectors.toUnmodifiableMap(
                header -> header.key(),
                header -> new String(header.value(), StandardCharsets.UTF_8),
                (first, last) -> last));
  }
}
