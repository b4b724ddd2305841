package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a broker process says on its standard output. The pipe is read until it closes, on a thread
 * of its own: a process whose Java prints there (a thread dump, say) must not block on a full pipe.
 */
final class BrokerAnswer {
  /** Longer than the broker gives itself, see {@code server.max.startup.time.ms}. */
  private static final long LIMIT_SECONDS = 90;

  private final CompletableFuture<Optional<String>> answer = new CompletableFuture<>();

  BrokerAnswer(Process process) {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> read(output), "broker-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BufferedReader output) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(BrokerMain.READY) || StartFailure.isLine(line)) {
          answer.complete(Optional.of(line));
        }
      }
    } catch (IOException e) {
      // The process has ended: what remains unread of its output answers nothing.
    } finally {
      answer.complete(Optional.empty());
    }
  }

  /**
   * {@link BrokerMain#READY} or why not; empty when the process ended, or hangs, without a word.
   */
  Optional<String> await() {
    try {
      return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
