package dev.brigade.recipekit;

import dev.brigade.worker.AsyncRecipe;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.RecipeTrials;
import dev.brigade.worker.RecipeTrials.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One life of the worker, with one instance of the recipe: from its start to its crash. Confined to
 * the test's thread; only stages complete on others.
 */
final class KitWorker {
  /** What a stage brought, in the order in which they completed. */
  private record Completion(
      Cooking.Try tried, @Nullable CookResult result, @Nullable Throwable failure) {}

  private final AsyncRecipe recipe;
  private final KitOptions options;
  private final RecipeTrials trials;
  private final Consumer<PlacedOrder> ended;
  private final KeyLines lines = new KeyLines();
  private final Set<Cooking.Try> underWay = new LinkedHashSet<>();
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  /**
   * @param ended told each order that has its end, in the order of the log of ends
   */
  KitWorker(
      AsyncRecipe recipe, KitOptions options, RecipeTrials trials, Consumer<PlacedOrder> ended) {
    this.recipe = recipe;
    this.options = options;
    this.trials = trials;
    this.ended = ended;
  }

  /** Reads one more order; to be called in log order. */
  void read(PlacedOrder order) {
    order.is(OrderState.WAITING);
    lines.add(new Cooking(order, trials.read(order.record())));
  }

  /** Cooks until nothing more can be done at this time. */
  void cook() {
    do {
      for (Completion next = completions.poll(); next != null; next = completions.poll()) {
        complete(next);
      }
    } while (beginNext());
  }

  /**
   * Waits in real time until no stage is open, cooking what can be cooked meanwhile.
   *
   * @throws IllegalStateException if one is still open after the patience
   */
  void awaitStages() {
    long deadline = System.nanoTime() + options.patience().toNanos();
    cook();
    for (Cooking.Try open = openStage(); open != null; open = openStage()) {
      try {
        long left = deadline - System.nanoTime();
        @Nullable Completion next = completions.poll(left, TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new IllegalStateException(
              open.thread.getName()
                  + ": its stage has not completed for "
                  + options.patience().toMillis()
                  + " ms of real time; complete it, or let time pass");
        }
        complete(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the test was interrupted while a stage was open", e);
      }
      cook();
    }
  }

  /** The try whose timeout this is, if it waits for its stage; else null. */
  Cooking.@Nullable Try waitingForStage(KitClock.Alarm timeout) {
    for (Cooking.Try tried : underWay) {
      if (tried.timeout.equals(timeout) && tried.stage != null) {
        return tried;
      }
    }
    return null;
  }

  /** From now on nothing happens here, and nothing that comes late counts. */
  void crash() {
    options.clock().forget(this);
    lines.clear();
  }

  /** Lets what slept when the worker crashed end; closes nothing. */
  void abandon() {
    underWay.forEach(tried -> tried.thread.abandon());
  }

  AsyncRecipe recipe() {
    return recipe;
  }

  private boolean beginNext() {
    if (underWay.size() >= options.chefs()) {
      return false;
    }
    Cooking cooking = lines.poll();
    if (cooking == null) {
      return false;
    }
    Outcome.DeadLetter refusal = cooking.trial.inspect();
    if (refusal != null) {
      settle(cooking, refusal);
    } else {
      begin(cooking);
    }
    return true;
  }

  private void begin(Cooking cooking) {
    int chef = idleChef(cooking.lastChef);
    CookContext context = cooking.trial.begin(chef);
    ChefThread thread =
        new ChefThread(
            "order " + cooking.order.order().id() + ", try " + context.attempt(),
            this,
            options.clock(),
            () -> recipe.cook(cooking.trial.order(), context),
            () -> goOn(cooking));
    KitClock.Alarm timeout =
        options.clock().alarm(this, options.cookTimeout(), true, () -> timeOut(cooking));
    Cooking.Try tried = new Cooking.Try(cooking, chef, thread, timeout);
    cooking.current = tried;
    cooking.lastChef = chef;
    cooking.attempts = context.attempt();
    underWay.add(tried);
    cooking.order.is(OrderState.COOKING);
    goOn(cooking);
  }

  /** The lowest one; the one that failed last only if no other is idle. */
  private int idleChef(int failed) {
    return IntStream.range(0, options.chefs())
        .filter(chef -> underWay.stream().noneMatch(tried -> tried.chef == chef))
        .boxed()
        .reduce((first, second) -> first == failed ? second : first)
        .orElseThrow();
  }

  private void goOn(Cooking cooking) {
    Cooking.Try tried = cooking.current;
    if (tried == null) {
      return;
    }
    CompletionStage<CookResult> stage = tried.thread.goOn(options.patience());
    if (stage == null) {
      return;
    }
    tried.stage = stage;
    if (tried.isOverdue) {
      giveUp(tried, stage);
    } else {
      stage.whenComplete(
          (result, failure) -> completions.add(new Completion(tried, result, failure)));
    }
  }

  private void timeOut(Cooking cooking) {
    Cooking.Try tried = cooking.current;
    if (tried == null) {
      return;
    }
    tried.isOverdue = true;
    if (tried.stage != null) {
      giveUp(tried, tried.stage);
    } else {
      tried.thread.interruptSleep();
      goOn(cooking);
    }
  }

  private void giveUp(Cooking.Try tried, CompletionStage<CookResult> stage) {
    end(tried);
    settle(tried.of, tried.of.trial.timedOut());
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // A stage need not be a future: then nobody is told, and what it brings is ignored.
    }
  }

  private void complete(Completion completion) {
    Cooking.Try tried = completion.tried;
    if (!underWay.contains(tried)) {
      return; // too late
    }
    end(tried);
    Throwable failure = completion.failure;
    if (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    settle(
        tried.of,
        failure == null
            ? tried.of.trial.returned(completion.result)
            : tried.of.trial.threw(failure));
  }

  private void end(Cooking.Try tried) {
    options.clock().cancel(tried.timeout);
    underWay.remove(tried);
    tried.of.current = null;
  }

  private void settle(Cooking cooking, Outcome outcome) {
    PlacedOrder order = cooking.order;
    if (outcome instanceof Outcome.Retry retry) {
      order.retries(new Retry(cooking.attempts, retry.reason(), retry.delay()));
      options.clock().alarm(this, positive(retry.delay()), false, () -> lines.retryIsDue(cooking));
      return;
    }
    if (outcome instanceof Outcome.Meal meal) {
      order.cooked(meal);
    } else if (outcome instanceof Outcome.DeadLetter letter) {
      order.died(letter);
    }
    lines.ended(cooking);
    ended.accept(order);
  }

  private static Duration positive(Duration delay) {
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  private Cooking.@Nullable Try openStage() {
    for (Cooking.Try tried : underWay) {
      if (tried.stage != null) {
        return tried;
      }
    }
    return null;
  }
}
