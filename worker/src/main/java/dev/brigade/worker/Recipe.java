package dev.brigade.worker;

import dev.brigade.orders.Order;

/**
 * How a dish is cooked. One instance per worker serves all of its chefs, so an implementation must
 * be thread-safe. A class named by {@code --recipe DISH=class:NAME} needs a public constructor
 * without parameters.
 *
 * <p>Cooking may be repeated: after a crash, a rebalance or a failed try the same order comes
 * again, here or on another worker. {@link CookContext#completionId()} is the same each time, so a
 * recipe with effects outside can tell a repetition.
 */
@FunctionalInterface
public non-sealed interface Recipe extends AnyRecipe {
  /**
   * Runs on a chef's thread, which is interrupted when the cook timeout passes or the order's
   * partition moves to another worker; it should then end soon, and what it returns is ignored.
   *
   * @return what became of this try
   * @throws Exception to have the order tried again after a back-off, as {@link
   *     CookResult#retry(String)} does; never counts as success
   */
  CookResult cook(Order order, CookContext context) throws Exception;

  /** Called once, after the last try ended. */
  @Override
  default void close() throws Exception {}
}
