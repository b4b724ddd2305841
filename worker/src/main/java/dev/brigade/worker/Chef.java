package dev.brigade.worker;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Order;
import dev.brigade.orders.Text;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders and sees each try to its verdict: a meal or a dead letter for the pass, or another
 * try later. A try that goes on without its chef is judged by the one who takes it when it has
 * ended. Never sends and holds no lock while cooking.
 */
final class Chef implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Chef.class);

  private final int number;
  private final Turn turn;
  private final Stove stove;
  private final AsyncTries asyncTries;
  private final KeyQueues queues;
  private final Inspection inspection;
  private final EndRecords endRecords;
  private final Pass pass;
  private final Retries retries;
  private final RetryBudget retryBudget;
  private final Tasters tasters;
  private final WorkerOptions options;
  private final RetryBackoff backoff = new RetryBackoff();
  private final ActivityFeed activity;
  private final LongAdder failedTries;
  private final InstantSource clock;
  private final Watch watch;

  Chef(Turn turn, Stove stove, AsyncTries asyncTries, Crew.Tools tools) {
    this.number = turn.chef;
    this.turn = turn;
    this.stove = stove;
    this.asyncTries = asyncTries;
    this.queues = tools.queues();
    this.inspection = tools.inspection();
    this.endRecords = tools.endRecords();
    this.pass = tools.pass();
    this.retries = tools.retries();
    this.retryBudget = tools.retryBudget();
    this.options = tools.options();
    this.tasters = tools.tasters();
    this.activity = tools.activity();
    this.failedTries = tools.failedTries();
    this.clock = tools.clock();
    this.watch = tools.watch();
  }

  @Override
  public void run() {
    List<OpenOrder> ended = turn.takeEnded();
    while (queues.take(turn, ended)) {
      ended.clear();
      OpenOrder order;
      while ((order = turn.next()) != null) {
        handle(order);
      }
      // What a chef hands over is on its way before the next order of its key is begun.
      ended = turn.takeEnded();
      pass.put(ended);
    }
  }

  private void handle(OpenOrder order) {
    AsyncTry ended = order.endedTry;
    if (ended != null) {
      order.endedTry = null;
      conclude(ended);
      return;
    }
    if (!order.assignment.isHeld()) {
      drop(order);
      return;
    }
    try {
      GuardedRecipe recipe = inspection.inspect(order);
      boolean isSuspect = tasters.isFor(order);
      long waitNanos = isSuspect ? tasters.admit(order) : 0;
      if (waitNanos == 0) {
        waitNanos = recipe.admit(order);
        if (waitNanos != 0 && isSuspect) {
          tasters.letGo(order);
        }
      }
      if (waitNanos == 0) {
        tryOnce(order, recipe);
      } else {
        putAside(order, recipe, waitNanos);
      }
    } catch (RefusedOrder refused) {
      giveUp(order, refused.reason(), refused.error());
    }
  }

  /** Not now, and not a try: whoever takes it next asks again. */
  private void putAside(OpenOrder order, GuardedRecipe recipe, long waitNanos) {
    order.assignment.settle();
    if (waitNanos == GuardedRecipe.PARK) {
      recipe.park(order);
    } else {
      retries.postpone(order, waitNanos);
    }
  }

  private void tryOnce(OpenOrder order, GuardedRecipe guarded) {
    order.attempts++;
    order.lastChef = number;
    long startedNanos = System.nanoTime();
    if (order.firstStartedAt == null) {
      order.firstStartedAt = clock.instant();
      order.firstStartedNanos = startedNanos;
      retryBudget.firstTry();
    }
    @Nullable CookResult result = null;
    @Nullable AsyncTry begun = null;
    @Nullable Exception untold = null;
    Stove.Interruption interruption;
    stove.light(order, startedNanos);
    try {
      Order decoded = Objects.requireNonNull(order.decoded);
      CookContext context = CookContext.of(order, options.workerId());
      if (tasters.isFor(order)) {
        result = tasters.cook(order, context);
      } else if (guarded.recipe instanceof Recipe recipe) {
        result = recipe.cook(decoded, context);
      } else if (guarded.recipe instanceof AsyncRecipe recipe) {
        begun = asyncTries.begin(order, guarded, startedNanos, recipe.cook(decoded, context));
      }
    } catch (TasterDied | NoTaster e) {
      untold = e;
    } catch (Throwable e) {
      result = failure(e);
    } finally {
      interruption = stove.putOut();
    }
    long cookNanos = System.nanoTime() - startedNanos;
    turn.cooked(cookNanos);
    if (untold != null) {
      leftUntold(order, guarded, untold);
    } else if (begun == null) {
      conclude(order, guarded, interruption, result, cookNanos);
    } else {
      leaveOpen(begun, interruption);
    }
  }

  private void leaveOpen(AsyncTry begun, Stove.Interruption interruption) {
    if (interruption != Stove.Interruption.NONE) {
      begun.interrupt(interruption);
    }
    if (asyncTries.leaveOpen(begun)) {
      turn.leftOpen();
    } else {
      conclude(begun);
    }
  }

  private void conclude(AsyncTry ended) {
    if (ended.interruption() != Stove.Interruption.NONE) {
      cancelStage(ended);
    }
    Throwable thrown = ended.failure();
    CookResult result = thrown == null ? ended.result() : failure(thrown);
    conclude(ended.order, ended.recipe, ended.interruption(), result, ended.cookNanos());
  }

  /** On the stove, for what hangs on the stage may take its time. */
  private void cancelStage(AsyncTry interrupted) {
    stove.light(interrupted.order, System.nanoTime());
    try {
      interrupted.cancelStage();
    } catch (Throwable e) {
      LOG.debug("order at {}: {}", interrupted.order.completionId(), failure(e));
    } finally {
      stove.putOut();
    }
  }

  private void conclude(
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
        failed(
            order,
            new CookResult.Retry("took longer than " + options.cookTimeout(), null),
            DeadLetterReason.TIMED_OUT);
      }
      case NONE -> judge(order, result, guarded, cookNanos);
    }
  }

  /** The try was neither a success nor a failure: what it was cooked in is gone. */
  private void leftUntold(OpenOrder order, GuardedRecipe guarded, Exception why) {
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
      failed(
          order,
          new CookResult.Retry("the recipe returned null", null),
          DeadLetterReason.EXHAUSTED);
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

  private void giveUp(OpenOrder order, DeadLetterReason reason, String error) {
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
  private void drop(OpenOrder order) {
    turn.ended(order);
  }

  /**
   * Whatever a recipe throws is that try's failure and the chef goes on: an order that nobody
   * settles would hold its key and its partition for good. Only a JVM out of memory cannot.
   */
  static CookResult failure(Throwable e) {
    if (e instanceof OutOfMemoryError error) {
      throw error;
    }
    String message = e.getMessage();
    return CookResult.retry(e.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }
}
