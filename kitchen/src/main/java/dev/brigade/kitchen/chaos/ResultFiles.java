package dev.brigade.kitchen.chaos;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** What a soak leaves behind: its schedule, the ledger, the logs, the verdict and the page. */
final class ResultFiles {
  private final Path directory;

  private ResultFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * @param directory is made if it does not exist; files in it are replaced
   * @throws CommandFailure if it cannot be written to
   */
  static ResultFiles in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw CommandFailure.usage("--results: cannot make " + directory + ": " + e.getMessage());
    }
    if (!Files.isWritable(directory)) {
      throw CommandFailure.usage("--results: cannot write to " + directory);
    }
    return new ResultFiles(directory);
  }

  void schedule(Schedule schedule) {
    write(scheduleFile(), Json.writeText(schedule) + "\n");
  }

  void verdict(Verdict verdict) {
    write(directory.resolve("verdict.json"), Json.writeText(verdict) + "\n");
    write(reportFile(), ReportPage.of(verdict));
  }

  Path scheduleFile() {
    return directory.resolve("schedule.json");
  }

  Path reportFile() {
    return directory.resolve("report.html");
  }

  Path ledgerFile() {
    return directory.resolve("ledger.txt");
  }

  /** Keeps what the processes of the run wrote into it to standard error. */
  void keepLogs(Path run) {
    try (Stream<Path> logs = Files.list(run)) {
      Path kept = Files.createDirectories(directory.resolve("logs"));
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
