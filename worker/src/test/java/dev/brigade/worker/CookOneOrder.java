package dev.brigade.worker;

import dev.brigade.orders.Interrupts;
import java.util.List;

/** A worker process of one order: cooks it by the recipe given and prints what became of it. */
final class CookOneOrder {
  private CookOneOrder() {}

  public static void main(String[] args) throws Exception {
    Interrupts interrupts = Interrupts.install();
    interrupts.onStop(() -> System.out.println("stopping"));
    try (Recipes recipes = RecipeSpecs.load(List.of("burger=" + args[0]), null)) {
      if (recipes.forDish("burger") instanceof Recipe recipe) {
        System.out.println(recipe.cook(TestOrders.order(), TestOrders.FIRST_TRY));
      }
    }
    System.exit(interrupts.exitCodeOr(0));
  }
}
