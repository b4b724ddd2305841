package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Text;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of orders: a meal or a dead letter, which their chef's turn hands over, or
 * another try later. Confined to the chef's thread.
 */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final Turn turn;
  private final EndRecords endRecords;
  private final Retries retries;
  private final WorkerOptions options;
  private final RetryBackoff backoff = new RetryBackoff();
  private final ActivityFeed activity;
  private final LongAdder failedTries;
  private final InstantSource clock;
  private final Watch watch;

  Judge(Turn turn, Crew.Tools tools) {
    this.turn = turn;
    this.endRecords = tools.endRecords();
    this.retries = tools.retries();
    this.options = tools.options();
    this.activity = tools.activity();
    this.failedTries = tools.failedTries();
    this.clock = tools.clock();
    this.watch = tools.watch();
  }

  /**
   * A try has ended.
   *
   * @param result null if the recipe returned null, and of no meaning if it was interrupted
   */
  void conclude(
      OpenOrder order,
      GuardedRecipe guarded,
      Stove.Interruption interruption,
      @Nullable CookResult result,
      long cookNanos) {
    switch (interruption) {
      case CANCELLED -> {
        guarded.abandoned();
        drop(order);
      }
      case TIMED_OUT -> {
        guarded.failed(cookNanos);
        failed(order, FailedTry.tookLongerThan(options.cookTimeout()), DeadLetterReason.TIMED_OUT);
      }
      case NONE -> judge(order, result, guarded, cookNanos);
    }
  }

  /** The try was neither a success nor a failure: what it was cooked in is gone. */
  void leftUntold(OpenOrder order, GuardedRecipe guarded, Exception why) {
    guarded.abandoned();
    if (Tasters.isProven(order)) {
      giveUp(
          order,
          DeadLetterReason.KILLED_ITS_WORKER,
          "it killed every process that it was cooked in, the last time alone: "
              + why.getMessage());
      return;
    }
    order.attempts--;
    order.assignment.settle();
    retries.postpone(order, why instanceof NoTaster ? Tasters.PAUSE_NANOS : 0);
  }

  private void judge(
      OpenOrder order, @Nullable CookResult result, GuardedRecipe guarded, long cookNanos) {
    if (result instanceof CookResult.Cooked || result instanceof CookResult.Rejected) {
      guarded.succeeded(cookNanos);
    } else {
      guarded.failed(cookNanos);
    }
    if (result instanceof CookResult.Cooked cooked) {
      watch.cooked(order, cookNanos);
      order.end(endRecords.meal(order, order.lastChef, cooked.result(), cookNanos), null);
      turn.ended(order);
    } else if (result instanceof CookResult.Retry retry) {
      failed(order, retry, DeadLetterReason.EXHAUSTED);
    } else if (result instanceof CookResult.Rejected rejected) {
      failedTries.increment();
      watch.failed(DeadLetterReason.REJECTED);
      activity.chefFailed(order, order.lastChef, rejected.reason());
      giveUp(order, DeadLetterReason.REJECTED, rejected.reason());
    } else {
      failed(order, FailedTry.returnedNull(), DeadLetterReason.EXHAUSTED);
    }
  }

  private void failed(OpenOrder order, CookResult.Retry failure, DeadLetterReason ifLast) {
    failedTries.increment();
    watch.failed(ifLast);
    activity.chefFailed(order, order.lastChef, failure.reason());
    Duration delay =
        failure.after() != null ? failure.after() : backoff.afterFailures(order.attempts);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - order.firstStartedNanos).plus(delay);
    if (!options.retryPolicy().allowsAfter(order.attempts, elapsed)) {
      giveUp(order, ifLast, failure.reason());
      return;
    }
    activity.retrying(order, order.lastChef, failure.reason(), delay);
    order.assignment.settle();
    retries.retry(order, delay);
  }

  /** It becomes a dead letter. */
  void giveUp(OpenOrder order, DeadLetterReason reason, String error) {
    LOG.warn(
        "order at {} becomes a dead letter ({}) after {} attempts: {}",
        order.completionId(),
        reason.wireName(),
        order.attempts,
        Text.shown(error));
    order.end(endRecords.deadLetter(order, reason, error, clock.instant()), reason);
    turn.ended(order);
  }

  /** Its partition has left us: whoever holds it now cooks it again. */
  void drop(OpenOrder order) {
    turn.ended(order);
  }
}
