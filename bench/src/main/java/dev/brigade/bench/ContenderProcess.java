package dev.brigade.bench;

import dev.brigade.kitchen.ParentTie;
import dev.brigade.kitchen.RunDirectory;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of a contender, told by its environment what to do. Its standard input ends with this
 * JVM. Thread-safe.
 */
final class ContenderProcess implements AutoCloseable {
  /** What a contender says about its configuration stands on lines that begin so. */
  static final String CONFIG_PREFIX = "config: ";

  /** How long a slow order takes. */
  static final String SLOW_MICROS = "BRIGADE_BENCH_SLOW_MICROS";

  /**
   * What Brigade's launcher gives a worker like the one that is measured, for every JVM: nobody is
   * to win by the choice of a compiler.
   */
  private static final String COMPILER = "-XX:TieredStopAtLevel=1";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  private final String name;
  private final Process process;
  private final Path output;
  private final Path log;
  private final Path garbageLog;
  private final long startedAtMillis;

  private ContenderProcess(
      String name, Process process, Path output, Path log, Path garbageLog, long startedAtMillis) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.log = log;
    this.garbageLog = garbageLog;
    this.startedAtMillis = startedAtMillis;
  }

  /**
   * @param name unique in this run
   * @param more what only this procedure tells, over the environment that all have in common
   */
  static ContenderProcess start(
      RunDirectory directory,
      String name,
      List<String> command,
      Site site,
      Workload work,
      Map<String, String> more) {
    Path output = directory.path().resolve(name + ".out");
    Path log = directory.path().resolve(name + ".log");
    Path garbageLog = directory.path().resolve(name + ".gc");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.appendTo(output.toFile()))
            .redirectError(Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("BRIGADE_BENCH_BOOTSTRAP", site.bootstrap());
    environment.put("BRIGADE_BENCH_KITCHEN", Site.KITCHEN.name());
    environment.put("BRIGADE_BENCH_ORDERS", Site.KITCHEN.orders());
    environment.put("BRIGADE_BENCH_MEALS", Site.KITCHEN.meals());
    environment.put("BRIGADE_BENCH_GROUP", Site.KITCHEN.chefsGroup());
    environment.put("BRIGADE_BENCH_WORKER", name);
    environment.put("BRIGADE_BENCH_CONCURRENCY", Integer.toString(work.concurrency()));
    if (work.inFlight() > 0) {
      environment.put("BRIGADE_BENCH_IN_FLIGHT", Integer.toString(work.inFlight()));
    }
    environment.put("BRIGADE_BENCH_COOK_MICROS", micros(work.cook()));
    environment.put(SLOW_MICROS, micros(work.slowCook()));
    environment.putAll(more);
    // Any Java contender tells of its garbage; Brigade's launcher has a variable of its own.
    String java =
        COMPILER
            + (" -Xlog:gc:file=" + garbageLog + ":time")
            + (" -Djava.io.tmpdir=" + directory.temporary());
    if (work.heapMebibytes() > 0) {
      java += " -Xmx" + work.heapMebibytes() + "m";
    }
    environment.put("JAVA_TOOL_OPTIONS", java);
    environment.put("BRIGADE_JAVA_OPTS", java + " " + ParentTie.flag(directory));
    try {
      long startedAt = System.currentTimeMillis();
      return new ContenderProcess(name, builder.start(), output, log, garbageLog, startedAt);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static String micros(Duration duration) {
    return Long.toString(duration.toNanos() / 1000);
  }

  String name() {
    return name;
  }

  /** The process and those it has started. */
  List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Milliseconds since the epoch. */
  long startedAtMillis() {
    return startedAtMillis;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path garbageLog() {
    return garbageLog;
  }

  /**
   * Has a Java process collect all its garbage, which its garbage log then tells of; nothing where
   * there is no such log.
   */
  void collectGarbage() throws InterruptedException {
    if (!Files.exists(garbageLog)) {
      return;
    }
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.appendTo(log.toFile()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, jcmd + " cannot be started: " + e.getMessage(), e);
    }
  }

  List<String> output() {
    return lines(output);
  }

  /** The end of what it wrote to standard error, for whoever has to be told why it ended. */
  String lastWords() {
    List<String> lines = lines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Asks it to end, with SIGTERM; returns at once. */
  void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy() it leaves standard input open
  }

  /** Ends it and what it has started with SIGKILL, as a crash does; returns when it is gone. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Ends what it has started with SIGKILL, but not itself; returns when they are gone. */
  void killChildren() {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
  }

  /** Waits for it to end by itself, or for the limit. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it with SIGTERM, and after 40 s with SIGKILL; returns when it is gone. */
  @Override
  public void close() {
    terminate();
    try {
      if (!awaitEnd(STOP_LIMIT)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
