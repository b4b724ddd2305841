package dev.brigade.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs shell commands: in a session of their own, under the worker's {@link ExecGuard}, with their
 * input and outputs served by other threads, so that neither a command that does not read nor one
 * that writes without end holds the chef. Thread-safe.
 */
final class ShellCommand {
  /** Where a command's output goes, piece by piece. */
  interface Output {
    /**
     * @param bytes reused by the caller; the first {@code length} of them count
     */
    void take(byte[] bytes, int length);
  }

  /**
   * How long the outputs may stay open after the command itself has ended: what it left running in
   * the background holds them, and is killed then.
   */
  static final Duration LINGER = Duration.ofMillis(500);

  /**
   * Waits for a first line on stdin. It is written when the guard knows of this shell, so that no
   * command ever runs unguarded: if the worker dies before, the line never comes.
   */
  private static final String WHEN_GUARDED = "IFS= read -r guarded && exec sh -c \"$1\"";

  private static final int PIECE_BYTES = 16 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);

  private final ExecGuard guard;
  private final Executor pumps;

  /**
   * @param pumps runs up to three tasks per running command, none of which may wait for another
   */
  ShellCommand(ExecGuard guard, Executor pumps) {
    this.guard = guard;
    this.pumps = pumps;
  }

  /**
   * Runs {@code sh -c command} and waits for its end.
   *
   * @param environment added to the worker's own
   * @return the exit code; 128 + n if signal n ended it
   * @throws InterruptedException if interrupted; by then the command has ended, with all it started
   */
  int run(
      String command, Map<String, String> environment, byte[] input, Output stdout, Output stderr)
      throws IOException, InterruptedException {
    String mark = guard.nextMark();
    ProcessBuilder builder =
        new ProcessBuilder(ExecGuard.inOwnSession("sh", "-c", WHEN_GUARDED, "sh", command));
    builder.environment().putAll(environment);
    builder.environment().put(ExecGuard.VARIABLE, mark);
    Process process = builder.start();
    ProcessTree tree = new ProcessTree(process, mark);
    boolean ended = false;
    try {
      guard.started(process.pid());
      CompletableFuture<?>[] served = {
        pump(() -> write(input, process.getOutputStream())),
        pump(() -> read(process.getInputStream(), stdout)),
        pump(() -> read(process.getErrorStream(), stderr))
      };
      int exitCode = process.waitFor();
      if (!areServed(served)) {
        tree.kill();
        areServed(served);
      }
      ended = true;
      return exitCode;
    } finally {
      if (!ended) {
        tree.kill();
      }
      guard.ended(process.pid());
    }
  }

  private CompletableFuture<Void> pump(Pump work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        pumps);
  }

  private static void write(byte[] input, OutputStream stdin) {
    try (stdin) {
      stdin.write('\n');
      stdin.write(input);
    } catch (IOException e) {
      // A command need not read its input: what it does not want is lost with its end.
      LOG.debug("a command has not read all of its input: {}", e.toString());
    }
  }

  private static void read(InputStream from, Output to) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
      to.take(piece, length);
    }
  }

  /** Whether all pipes are closed, within {@link #LINGER}. */
  private static boolean areServed(CompletableFuture<?>... pumps)
      throws IOException, InterruptedException {
    try {
      CompletableFuture.allOf(pumps).get(LINGER.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("cannot read what the command wrote: " + e.getCause(), e.getCause());
    }
  }

  private interface Pump {
    void run() throws IOException;
  }
}
