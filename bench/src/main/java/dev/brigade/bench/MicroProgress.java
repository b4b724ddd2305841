package dev.brigade.bench;

import java.io.PrintWriter;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Tells which microbenchmark is being measured, and nothing else of what JMH has to say. */
final class MicroProgress implements OutputFormat {
  private final PrintWriter out;

  MicroProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    out.println((MicroFigure.name(params) + " " + MicroFigure.parameters(params)).strip());
    out.flush();
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {}

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void print(String text) {}

  @Override
  public void println(String text) {}

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void write(int character) {}

  @Override
  public void write(byte[] characters) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
