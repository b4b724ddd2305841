package dev.brigade.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker process that is started again whenever it ends, until closed. Counts its deaths. */
final class RestartedWorker implements AutoCloseable {
  private final Path directory;
  private final TestKitchen kitchen;
  private final List<String> arguments;
  private final Thread thread = new Thread(this::run, "restarts");

  // Guarded by this.
  private final List<WorkerProcess> processes = new ArrayList<>();
  private boolean closed;

  private RestartedWorker(Path directory, TestKitchen kitchen, List<String> arguments) {
    this.directory = directory;
    this.kitchen = kitchen;
    this.arguments = arguments;
  }

  static RestartedWorker start(Path directory, TestKitchen kitchen, String... arguments) {
    RestartedWorker worker = new RestartedWorker(directory, kitchen, List.of(arguments));
    worker.thread.start();
    return worker;
  }

  private void run() {
    WorkerProcess process;
    while ((process = next()) != null) {
      process.awaitDeath();
    }
  }

  private synchronized @Nullable WorkerProcess next() {
    if (closed) {
      return null;
    }
    WorkerProcess started =
        WorkerProcess.start(
            directory,
            kitchen,
            List.of("-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=/dev/null"),
            arguments.toArray(new String[0]));
    processes.add(started);
    notifyAll();
    return started;
  }

  /** Kills the process that runs now, or the next one; returns when it is dead. */
  synchronized void kill() throws InterruptedException {
    while (!processes.get(processes.size() - 1).isAlive()) {
      wait();
    }
    WorkerProcess victim = processes.get(processes.size() - 1);
    victim.signal("KILL");
    victim.awaitDeath();
  }

  /** How many processes ended by themselves or were killed. */
  synchronized int deaths() {
    return (int) processes.stream().filter(process -> !process.isAlive()).count();
  }

  /** What the last process in this directory told. */
  static String lastLog(Path directory) {
    try (Stream<Path> logs = Files.list(directory)) {
      Path last =
          logs.filter(file -> file.toString().endsWith(".log"))
              .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .orElseThrow();
      return Files.readString(last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it in good order. */
  @Override
  public void close() {
    WorkerProcess last;
    synchronized (this) {
      closed = true;
      last = processes.get(processes.size() - 1);
    }
    if (last.isAlive()) {
      last.signal("TERM");
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
