package dev.brigade.recipekit;

import dev.brigade.worker.CookResult;
import dev.brigade.worker.RecipeTrials.Trial;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An order in one worker's hands, from when it is read until it has its end. */
final class Cooking {
  static final int NO_CHEF = -1;

  final PlacedOrder order;
  final Trial trial;
  int lastChef = NO_CHEF;
  int attempts;

  /** The try that is under way; null between tries. */
  @Nullable Try current;

  /** One try. */
  static final class Try {
    final Cooking of;
    final int chef;
    final ChefThread thread;
    final KitClock.Alarm timeout;

    /** What the recipe returned; null until it did. */
    @Nullable CompletionStage<CookResult> stage;

    boolean isOverdue;

    Try(Cooking of, int chef, ChefThread thread, KitClock.Alarm timeout) {
      this.of = of;
      this.chef = chef;
      this.thread = thread;
      this.timeout = timeout;
    }
  }

  Cooking(PlacedOrder order, Trial trial) {
    this.order = order;
    this.trial = trial;
  }
}
