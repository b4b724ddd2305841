package dev.brigade.bench;

import dev.brigade.bench.report.Report;
import dev.brigade.bench.report.ResultsDirectory;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Shows what a results directory says, and leaves it there as files. */
final class Reports {
  private Reports() {}

  /**
   * @param json whether {@code out} is read by a program
   */
  static void publish(ResultsDirectory results, boolean json, PrintWriter out) {
    write(results, "report.html", Report::html);
    write(results, "report.md", Report::markdown);
    if (json) {
      Report.json(results, out);
    } else {
      Report.text(results, out);
      out.println();
      out.println("as a page: " + results.path().resolve("report.html"));
    }
    out.flush();
  }

  private static void write(
      ResultsDirectory results, String name, BiConsumer<ResultsDirectory, PrintWriter> report) {
    Path file = results.path().resolve(name);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      report.accept(results, out);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
