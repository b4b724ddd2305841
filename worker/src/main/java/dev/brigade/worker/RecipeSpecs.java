package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Order;
import dev.brigade.orders.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes recipes of what {@code --recipe DISH=SPEC} says. All or none: what was already open is
 * closed if a later one cannot be had.
 */
final class RecipeSpecs {
  private static final String FORM =
      "expected DISH=SPEC with a dish name or * and one of"
          + " simulate:DURATION[,jitter=J][,fail=F], exec:COMMAND, class:NAME";

  private final PluginClasses classes;
  private final TasterFrames.Kit kit;
  private final ExecGuard guard = new ExecGuard();
  private final Map<String, AnyRecipe> byDish = new LinkedHashMap<>();

  private RecipeSpecs(PluginClasses classes, TasterFrames.Kit kit) {
    this.classes = classes;
    this.kit = kit;
  }

  /**
   * @param specs the values of all {@code --recipe} options
   * @param pluginsDir of {@code --plugins}: jars with classes beside those of the class path
   * @return the recipes; closing them ends and closes all that they use
   * @throws CommandFailure (usage) for the first option that is wrong, in one line
   */
  static Recipes load(List<String> specs, @Nullable Path pluginsDir) {
    RecipeSpecs loaded =
        new RecipeSpecs(PluginClasses.in(pluginsDir), new TasterFrames.Kit(specs, pluginsDir));
    try {
      specs.forEach(loaded::add);
      return loaded.recipes();
    } catch (CommandFailure e) {
      loaded.closeAfter(e);
      throw e;
    }
  }

  private Recipes recipes() {
    return new Recipes(byDish, List.of(guard, classes), kit);
  }

  private void closeAfter(CommandFailure failure) {
    try {
      recipes().close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private void add(String option) {
    try {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("has no '='; " + FORM);
      }
      String dish = option.substring(0, equals);
      if (!dish.equals(Recipes.ANY_DISH)) {
        Order.requireDish(dish);
      }
      if (byDish.containsKey(dish)) {
        throw new IllegalArgumentException("dish " + dish + " has a recipe already; give one each");
      }
      byDish.put(dish, open(option.substring(equals + 1)));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--recipe '" + Text.shown(option) + "': " + e.getMessage());
    }
  }

  private AnyRecipe open(String spec) {
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? spec : spec.substring(0, colon);
    String what = colon < 0 ? "" : spec.substring(colon + 1);
    switch (kind) {
      case "simulate":
        return SimulateSpec.parse(what);
      case "exec":
        requireText(what, "exec:COMMAND", "exec:'sha256sum'");
        return new ExecRecipe(what, guard);
      case "class":
        requireText(what, "class:NAME", "class:com.example.Burger");
        return classes.open(what.strip());
      default:
        throw new IllegalArgumentException(
            "unknown kind of recipe '" + Text.shown(kind) + "'; " + FORM);
    }
  }

  private static void requireText(String text, String form, String example) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "nothing after the colon; expected " + form + ", such as " + example);
    }
  }
}
