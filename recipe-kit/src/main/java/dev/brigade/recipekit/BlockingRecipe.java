package dev.brigade.recipekit;

import dev.brigade.orders.Order;
import dev.brigade.worker.AsyncRecipe;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A recipe that holds its thread, as one whose stage is complete when it returns. */
record BlockingRecipe(Recipe recipe) implements AsyncRecipe {
  @Override
  public CompletionStage<CookResult> cook(Order order, CookContext context) throws Exception {
    return CompletableFuture.completedFuture(recipe.cook(order, context));
  }

  @Override
  public void close() throws Exception {
    recipe.close();
  }
}
