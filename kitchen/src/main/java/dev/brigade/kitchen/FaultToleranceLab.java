package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade lab fault-tolerance}: chefs that fail, and then a worker that dies. */
@Command(
    name = "fault-tolerance",
    description = "Chefs fail half of the time and a worker dies, yet every dish is cooked.",
    footer = {
      "",
      "Exit code 0 if chefs failed and a worker died as claimed, everything was cooked and "
          + "nothing was lost; 1 if not."
    },
    sortOptions = false)
final class FaultToleranceLab implements Callable<Integer> {
  private static final int MAX_DISHES = 10_000;
  private static final Duration MAX_DISH_TIME = Duration.ofMinutes(1);

  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Option(
      names = "--dishes",
      paramLabel = "N",
      defaultValue = "48",
      description = "Dishes for the chefs that fail (default: ${DEFAULT-VALUE}).")
  int dishes = 48;

  @Option(
      names = "--dish-time",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = "500ms",
      description = "How long a try takes (default: ${DEFAULT-VALUE}).")
  Duration dishTime = Duration.ofMillis(500);

  @Override
  public Integer call() throws InterruptedException {
    if (dishes < 1 || dishes > MAX_DISHES) {
      throw CommandFailure.usage("--dishes must be 1 to " + MAX_DISHES + ", but is " + dishes);
    }
    if (dishTime.toMillis() < 1 || dishTime.compareTo(MAX_DISH_TIME) > 0) {
      throw CommandFailure.usage("--dish-time must be 1ms to 1m");
    }
    return new LabRun(spec, options)
        .run((kitchen, notes) -> new FaultRun(kitchen, notes, dishes, dishTime.toMillis()).run());
  }
}
