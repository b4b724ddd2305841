package dev.brigade.kitchen.chaos;

import dev.brigade.orders.Order;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Uses up all memory of the process that cooks it. */
public final class GluttonRecipe implements Recipe {
  private static final int BLOCK = 1 << 20;

  /** Of a process that was told to end when it is out of memory; Java's own. */
  static final int EXIT_CODE = 3;

  /** Made by the worker that is given {@code class:} and this name. */
  public GluttonRecipe() {}

  @Override
  public CookResult cook(Order order, CookContext context) {
    List<byte[]> eaten = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      eaten.add(new byte[BLOCK]);
    }
    return CookResult.rejected("interrupted after " + eaten.size() + " MiB");
  }
}
