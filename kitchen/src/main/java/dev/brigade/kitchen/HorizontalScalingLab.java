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

/** {@code brigade lab horizontal-scaling}: one chef and six, one worker and up to six. */
@Command(
    name = "horizontal-scaling",
    description = "Six chefs cook six dishes in the time of one; more workers cook more.",
    footer = {
      "",
      "Exit code 0 if everything was cooked, nothing was lost, and more chefs and workers were "
          + "faster as claimed; 1 if not."
    },
    sortOptions = false)
final class HorizontalScalingLab implements Callable<Integer> {
  /** One chef then needs about half as long for the many dishes as for the six. */
  private static final int SHORTER = 15;

  private static final Duration MAX_DISH_TIME = Duration.ofMinutes(1);

  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  @Option(
      names = "--dish-time",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = "3s",
      description =
          "How long each of the six dishes takes (default: ${DEFAULT-VALUE}); each of the many "
              + "dishes takes a fifteenth of it.")
  Duration dishTime = Duration.ofSeconds(3);

  @Override
  public Integer call() throws InterruptedException {
    long millis = dishTime.toMillis();
    if (millis < SHORTER || dishTime.compareTo(MAX_DISH_TIME) > 0) {
      throw CommandFailure.usage("--dish-time must be " + SHORTER + "ms to 1m");
    }
    return new LabRun(spec, options)
        .run((kitchen, notes) -> new ScalingRun(kitchen, notes, millis, millis / SHORTER).run());
  }
}
