package dev.brigade.kitchen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import dev.brigade.orders.MalformedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The producer process of a demo, which ends by itself with a summary. Not thread-safe. */
final class ProducerRun {
  private final CommandProcess process;

  ProducerRun(CommandProcess process) {
    this.process = process;
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /**
   * How many orders it was told are in the log; to be asked when it has ended.
   *
   * @throws CommandFailure if it ended without its summary
   */
  long acknowledged() {
    try {
      List<String> lines = Files.readAllLines(process.output());
      if (!lines.isEmpty()) {
        JsonNode summary =
            Json.readTree(lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8));
        return summary.path("acknowledged").longValue();
      }
    } catch (IOException | MalformedRecordException e) {
      // Then why it ended says more than what is wrong with its output.
    }
    throw DemoProcesses.failure(process);
  }

  /** What it has to say beyond the summary; to be asked when it has ended. */
  List<String> problems() {
    return process.onExit().join() == ExitCode.DONE
        ? List.of()
        : List.of(String.valueOf(DemoProcesses.failure(process).getMessage()));
  }
}
