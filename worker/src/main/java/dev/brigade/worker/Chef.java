package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders, cooks them and has each try judged, then hands what ended to the pass. A try that
 * goes on without its chef is judged by the one who takes it when it has ended. Never sends and
 * holds no lock while cooking.
 */
final class Chef implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Chef.class);

  private final int number;
  private final Turn turn;
  private final Stove stove;
  private final AsyncTries asyncTries;
  private final KeyQueues queues;
  private final Inspection inspection;
  private final Judge judge;
  private final Pass pass;
  private final Retries retries;
  private final RetryBudget retryBudget;
  private final Tasters tasters;
  private final WorkerOptions options;
  private final InstantSource clock;

  Chef(Turn turn, Stove stove, AsyncTries asyncTries, Crew.Tools tools) {
    this.number = turn.chef;
    this.turn = turn;
    this.stove = stove;
    this.asyncTries = asyncTries;
    this.queues = tools.queues();
    this.inspection = tools.inspection();
    this.judge = new Judge(turn, tools);
    this.pass = tools.pass();
    this.retries = tools.retries();
    this.retryBudget = tools.retryBudget();
    this.options = tools.options();
    this.tasters = tools.tasters();
    this.clock = tools.clock();
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
      judge.drop(order);
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
      judge.giveUp(order, refused.reason(), refused.error());
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
    if (order.firstStartedAt == null) {
      // In this order: a thread that is held up between the two must not seem to end later.
      order.firstStartedAt = clock.instant();
      order.firstStartedNanos = System.nanoTime();
      retryBudget.firstTry();
    }
    long startedNanos = System.nanoTime();
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
      result = FailedTry.threw(e);
    } finally {
      interruption = stove.putOut();
    }
    long cookNanos = System.nanoTime() - startedNanos;
    turn.cooked(cookNanos);
    if (untold != null) {
      judge.leftUntold(order, guarded, untold);
    } else if (begun == null) {
      judge.conclude(order, guarded, interruption, result, cookNanos);
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
    CookResult result = thrown == null ? ended.result() : FailedTry.threw(thrown);
    judge.conclude(ended.order, ended.recipe, ended.interruption(), result, ended.cookNanos());
  }

  /** On the stove, for what hangs on the stage may take its time. */
  private void cancelStage(AsyncTry interrupted) {
    stove.light(interrupted.order, System.nanoTime());
    try {
      interrupted.cancelStage();
    } catch (Throwable e) {
      LOG.debug("order at {}: {}", interrupted.order.completionId(), FailedTry.threw(e));
    } finally {
      stove.putOut();
    }
  }
}
