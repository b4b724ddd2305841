package dev.brigade.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the machine allows a part of the work alone. Nobody can see that from outside, for there are
 * no meals: the process says it itself.
 */
final class Limit implements Procedure {
  private static final String PREFIX = "limit: ";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public Outcome run(Run run) throws InterruptedException {
    try (Stage stage = run.stage()) {
      stage.site().load(OrderBook.of(run.work()));
      ContenderProcess process = stage.start();
      if (!process.awaitEnd(PATIENCE)) {
        throw new WorkFault("did not end within " + PATIENCE.toMinutes() + " minutes");
      }
      double rate =
          process.output().stream()
              .filter(line -> line.startsWith(PREFIX))
              .mapToDouble(line -> Double.parseDouble(line.substring(PREFIX.length())))
              .findFirst()
              .orElseThrow(() -> new WorkFault("said no limit: " + process.lastWords()));
      return new Outcome(Map.of(Figure.LIMIT, rate), List.of());
    }
  }
}
