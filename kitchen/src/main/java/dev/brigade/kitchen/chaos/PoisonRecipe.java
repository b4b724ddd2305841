package dev.brigade.kitchen.chaos;

import dev.brigade.orders.Order;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;

/** Ends the process that cooks it, as a crash in native code does. */
public final class PoisonRecipe implements Recipe {
  /** Of the process that it ends. */
  static final int EXIT_CODE = 86;

  /** Made by the worker that is given {@code class:} and this name. */
  public PoisonRecipe() {}

  @Override
  public CookResult cook(Order order, CookContext context) {
    Runtime.getRuntime().halt(EXIT_CODE);
    return CookResult.cooked();
  }
}
