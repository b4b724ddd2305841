package dev.brigade.worker;

import dev.brigade.orders.Order;
import java.util.concurrent.CompletionStage;

/**
 * How a dish is cooked by a recipe that waits for others and holds no thread meanwhile: as many
 * orders as the worker has chefs are under way, on few threads. One instance per worker serves all
 * of them, so an implementation must be thread-safe. A class named by {@code --recipe
 * DISH=class:NAME} needs a public constructor without parameters.
 *
 * <p>Ordering, timeout, retries and what is said of repetition at {@link Recipe} hold here, too.
 */
@FunctionalInterface
public non-sealed interface AsyncRecipe extends AnyRecipe {
  /**
   * Starts a try and returns without waiting for its end.
   *
   * @return completed, on any thread, with what became of this try; or exceptionally, to have the
   *     order tried again after a back-off. When the cook timeout passes or the order's partition
   *     moves to another worker, its future is cancelled, and what it completes with afterwards is
   *     ignored
   * @throws Exception as a stage that completes exceptionally
   */
  CompletionStage<CookResult> cook(Order order, CookContext context) throws Exception;

  /** Called once, after the last try ended. */
  @Override
  default void close() throws Exception {}
}
