package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The parent's ends of the pipes to a broker process: one word a line. What the process prints is
 * read until it ends, on a thread of its own: a process whose Java prints there (a thread dump,
 * say) must not block on a full pipe.
 */
final class BrokerPipe {
  /** From the process: it serves clients. */
  static final String READY = "ready";

  /** To the process: its whole cluster is about to end. Its answer: {@link #HANDED_OVER}. */
  static final String HAND_OVER = "hand-over";

  static final String HANDED_OVER = "handed-over";

  /** To the process: end at once. */
  static final String CLOSE = "close";

  private final OutputStream toProcess;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  BrokerPipe(Process process) {
    this.toProcess = process.getOutputStream();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> read(output), "broker-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BufferedReader output) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(READY) || line.equals(HANDED_OVER) || StartFailure.isLine(line)) {
          answers.add(Optional.of(line));
        }
      }
    } catch (IOException e) {
      // The process has ended: what remains unread of its output answers nothing.
    } finally {
      answers.add(Optional.empty());
    }
  }

  /** Sends what the process waits for first; false when it has ended already. */
  boolean instruct(BrokerInstructions instructions) {
    try {
      instructions.writeTo(toProcess);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends one word; false when the process has ended already. */
  boolean tell(String word) {
    try {
      toProcess.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      toProcess.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The next answer; empty when the process has ended, or says nothing within the limit. */
  Optional<String> answer(Duration limit) {
    try {
      Optional<String> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return answer == null ? Optional.empty() : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
