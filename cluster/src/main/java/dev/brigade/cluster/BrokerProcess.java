package dev.brigade.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node in a process of its own, running {@link BrokerMain}. The pipe to its standard input ties
 * its life to this JVM's: the process ends when the pipe closes.
 */
final class BrokerProcess implements BrokerNode {
  /** Longer than the broker gives itself, see {@code server.max.startup.time.ms}. */
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private static final Duration HAND_OVER_LIMIT = ParentWatch.HAND_OVER_LIMIT.plusSeconds(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final int id;
  private final DataDirectory directory;
  private final BrokerInstructions instructions;
  private final List<String> command;
  private volatile @Nullable Launched current;
  private volatile @Nullable Freeze freeze;
  private volatile boolean ready;
  private volatile boolean closed;

  BrokerProcess(int id, Properties settings, DataDirectory directory, List<String> jvmFlags) {
    this.id = id;
    this.directory = directory;
    this.instructions =
        new BrokerInstructions(
            directory.clusterId(),
            directory.isTemporary() && directory.holds(Path.of(settings.getProperty("log.dirs"))),
            settings);
    this.command = BrokerCommand.of(jvmFlags);
  }

  /** A process and the pipes to it. */
  private record Launched(Process process, BrokerPipe pipe) {}

  @Override
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException("broker %d runs already".formatted(id));
    }
    Process process = launch();
    BrokerPipe pipe = new BrokerPipe(process);
    current = new Launched(process, pipe);
    if (closed) { // close() may have looked for the process before it was there
      process.destroyForcibly();
    }
    pipe.instruct(instructions);
    Optional<String> answer = pipe.answer(START_LIMIT);
    if (answer.filter(BrokerPipe.READY::equals).isPresent()) {
      ready = true;
      return;
    }
    process.destroyForcibly();
    awaitEnd(process, END_LIMIT);
    throw answer
        .map(StartFailure::ofLine)
        .orElseGet(() -> new StartFailure(false, LastWords.of(directory.log(id))))
        .asException("broker " + id, null);
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectError(Redirect.appendTo(directory.log(id).toFile()))
          .start();
    } catch (IOException e) {
      throw new ClusterException("broker %d did not start: %s".formatted(id, e.getMessage()), e);
    }
  }

  @Override
  public void stop(Duration limit) {
    thaw();
    Launched launched = current;
    if (launched != null) {
      launched.process.toHandle().destroy(); // unlike Process.destroy() it leaves the pipes open
      awaitEnd(launched.process, limit);
    }
    ready = false;
  }

  @Override
  public void kill() {
    Launched launched = current;
    if (launched != null) {
      launched.process.destroyForcibly();
      awaitEnd(launched.process, END_LIMIT);
    }
    ready = false;
    thaw();
  }

  @Override
  public void freeze() {
    Launched launched = current;
    if (launched == null || !launched.process.isAlive()) {
      throw new IllegalStateException("broker %d does not run".formatted(id));
    }
    if (freeze == null) {
      freeze = Freeze.of(launched.process.pid());
    }
  }

  @Override
  public void thaw() {
    Freeze frozen = freeze;
    if (frozen != null) {
      frozen.close();
      freeze = null;
    }
  }

  @Override
  public void handOver() {
    Launched launched = current;
    if (launched != null && ready && freeze == null && launched.pipe.tell(BrokerPipe.HAND_OVER)) {
      launched.pipe.answer(HAND_OVER_LIMIT);
    }
  }

  @Override
  public void close() {
    closed = true;
    Launched launched = current;
    if (launched != null && freeze == null && launched.pipe.tell(BrokerPipe.CLOSE)) {
      awaitEnd(launched.process, END_LIMIT);
    }
    kill();
  }

  /** Waits for the end within the limit, then forces it. */
  private static void awaitEnd(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return pid().isPresent();
  }

  @Override
  public OptionalLong pid() {
    Launched launched = current;
    return launched != null && launched.process.isAlive()
        ? OptionalLong.of(launched.process.pid())
        : OptionalLong.empty();
  }
}
