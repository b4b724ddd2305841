package dev.brigade.producer;

import dev.brigade.orders.Batch;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Durations;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade producer generate}: made-up orders at a steady rate, the same for one seed. */
@Command(
    name = "generate",
    description = "Pushes made-up orders.",
    sortOptions = false,
    footer = {
      "",
      "Exit code 0 if every order was acknowledged (and with --wait has ended; a dead letter is an"
          + " end), 1 if not."
    })
final class GenerateCommand implements Callable<Integer> {
  private static final long MAX_COUNT = 10_000_000_000L;
  private static final int MAX_TABLES = 10_000_000;
  private static final int MAX_PAYLOAD_BYTES = 900_000;

  @Spec CommandSpec spec;
  @Mixin CommonOptions.Connection connection;
  @Mixin SendOptions sending;

  @Option(names = "--count", required = true, description = "How many orders.")
  long count;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Rate.Converter.class,
      description = "Orders per second; each is placed at its intended time (default: no limit).")
  @Nullable Rate rate;

  @Option(
      names = "--dishes",
      paramLabel = "DISH[=WEIGHT],…",
      defaultValue = "burger=3,salad=1",
      converter = DishMix.Converter.class,
      description = "What is ordered and how often (default: ${DEFAULT-VALUE}).")
  DishMix dishes;

  @Option(
      names = "--tables",
      defaultValue = "100",
      description = "Tables that order; 0: orders have no table (default: ${DEFAULT-VALUE}).")
  int tables;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed gives the same dishes and tables (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--payload-bytes",
      defaultValue = "0",
      description = "Length of each order's payload (default: ${DEFAULT-VALUE}, none).")
  int payloadBytes;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "Each order's deadline, from when it is placed (default: none).")
  @Nullable Duration deadline;

  @Option(
      names = "--batch",
      paramLabel = "ID",
      description = "The batch all orders belong to (default: an id made of the time).")
  @Nullable String batchId;

  @Override
  public Integer call() throws IOException {
    sending.check();
    requireWithin("--count", count, MAX_COUNT);
    requireWithin("--tables", tables, MAX_TABLES);
    requireWithin("--payload-bytes", payloadBytes, MAX_PAYLOAD_BYTES);
    RunId ids = new RunId(Instant.now(), new SecureRandom());
    Batch batch = batch(batchId == null ? ids.prefix() : batchId);
    var wishes = new GeneratedOrders.Wishes(dishes, tables, payloadBytes, deadline, seed);
    try (ProgressLine progress = PushRun.progressLine(spec, connection)) {
      PushRun run = new PushRun(spec, connection, sending, progress);
      if (count == 0) {
        return run.nothing("--count is 0");
      }
      return run.push(
          (cluster, partitions) ->
              new GeneratedOrders(
                  wishes, batch, ids, new ArrivalSchedule(rate, ArrivalSchedule.Clock.system())));
    }
  }

  private static void requireWithin(String option, long value, long most) {
    if (value < 0 || value > most) {
      throw CommandFailure.usage(option + " must be 0 to " + most + ", but is " + value);
    }
  }

  private Batch batch(String id) {
    try {
      return new Batch(id, count);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--batch: " + e.getMessage());
    }
  }
}
