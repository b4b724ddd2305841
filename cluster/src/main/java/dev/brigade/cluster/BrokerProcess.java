package dev.brigade.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
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
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  private final int id;
  private final DataDirectory directory;
  private final BrokerInstructions instructions;
  private final List<String> command;
  private volatile @Nullable Process process;
  private volatile @Nullable Freeze freeze;
  private volatile boolean closed;

  BrokerProcess(int id, Properties settings, DataDirectory directory, List<String> jvmFlags) {
    this.id = id;
    this.directory = directory;
    this.instructions =
        new BrokerInstructions(directory.clusterId(), directory.isTemporary(), settings);
    this.command = BrokerCommand.of(jvmFlags);
  }

  @Override
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException("broker %d runs already".formatted(id));
    }
    try {
      Process launched =
          new ProcessBuilder(command)
              .redirectError(Redirect.appendTo(directory.log(id).toFile()))
              .start();
      process = launched;
      if (closed) { // close() may have looked for the process before it was there
        launched.destroyForcibly();
      }
      awaitReady(launched);
    } catch (IOException e) {
      throw new ClusterException("broker %d did not start: %s".formatted(id, e.getMessage()), e);
    }
  }

  private void awaitReady(Process launched) {
    BrokerAnswer answers = new BrokerAnswer(launched);
    try {
      instructions.writeTo(launched.getOutputStream());
    } catch (IOException e) {
      // The process has ended already; why, its answer or its log says below.
    }
    Optional<String> answer = answers.await();
    if (answer.filter(BrokerMain.READY::equals).isPresent()) {
      return;
    }
    launched.destroyForcibly();
    awaitEnd(launched, CLOSE_LIMIT);
    throw answer
        .map(StartFailure::ofLine)
        .orElseGet(() -> new StartFailure(false, LastWords.of(directory.log(id))))
        .asException("broker " + id, null);
  }

  @Override
  public void stop(Duration limit) {
    thaw();
    Process running = process;
    if (running != null) {
      running.toHandle().destroy(); // unlike Process.destroy() it leaves the pipes open
      awaitEnd(running, limit);
    }
  }

  @Override
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running, CLOSE_LIMIT);
    }
    thaw();
  }

  @Override
  public void freeze() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException("broker %d does not run".formatted(id));
    }
    if (freeze == null) {
      freeze = Freeze.of(running.pid());
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
  public void close() {
    closed = true;
    Process running = process;
    if (running == null) {
      return;
    }
    if (freeze != null || !tellToClose(running)) {
      kill();
    } else {
      awaitEnd(running, CLOSE_LIMIT);
    }
  }

  private static boolean tellToClose(Process running) {
    try {
      OutputStream toProcess = running.getOutputStream();
      toProcess.write(BrokerMain.CLOSE.getBytes(StandardCharsets.UTF_8));
      toProcess.write('\n');
      toProcess.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for the end within the limit, then forces it. */
  private static void awaitEnd(Process running, Duration limit) {
    try {
      if (!running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    Process running = process;
    return running != null && running.isAlive();
  }

  @Override
  public OptionalLong pid() {
    Process running = process;
    return running != null && running.isAlive()
        ? OptionalLong.of(running.pid())
        : OptionalLong.empty();
  }
}
