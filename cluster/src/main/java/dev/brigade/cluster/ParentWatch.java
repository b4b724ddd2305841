package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends a broker process: on SIGTERM, when its parent says so, or when its parent has died, which is
 * the end of standard input. A process without a parent is gone within {@value
 * #ORPHAN_LIMIT_SECONDS} s whatever state its broker is in, and takes temporary data with it.
 */
final class ParentWatch {
  static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(3);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
  private static final int ORPHAN_LIMIT_SECONDS = 10;
  private static final int DELETE_ATTEMPTS = 5;

  /** Why the process ends; what it does then follows from it. */
  private enum Reason {
    SIGNAL,
    TOLD,
    ORPHAN
  }

  private final PrintStream answers;
  private final CombinedNode node;
  private final BrokerInstructions instructions;
  private volatile Reason reason = Reason.SIGNAL;

  private ParentWatch(PrintStream answers, CombinedNode node, BrokerInstructions instructions) {
    this.answers = answers;
    this.node = node;
    this.instructions = instructions;
  }

  static void start(
      BufferedReader parent,
      PrintStream answers,
      CombinedNode node,
      BrokerInstructions instructions) {
    ParentWatch watch = new ParentWatch(answers, node, instructions);
    Runtime.getRuntime().addShutdownHook(new Thread(watch::end, "end-broker"));
    ParentPipe.watch(parent, watch::told, watch::orphaned);
  }

  private void told(String word) {
    if (word.equals(BrokerPipe.HAND_OVER)) {
      node.handOver(HAND_OVER_LIMIT);
      answers.println(BrokerPipe.HANDED_OVER);
    } else if (word.equals(BrokerPipe.CLOSE)) {
      exit(Reason.TOLD);
    }
  }

  private void orphaned() {
    var unused =
        CompletableFuture.runAsync(
            () -> Runtime.getRuntime().halt(1),
            CompletableFuture.delayedExecutor(ORPHAN_LIMIT_SECONDS, TimeUnit.SECONDS));
    exit(Reason.ORPHAN);
  }

  /** On another thread: exit returns to nobody, and the parent may still die meanwhile. */
  private void exit(Reason why) {
    reason = why;
    new Thread(() -> System.exit(0), "exit").start();
  }

  private void end() {
    if (reason == Reason.SIGNAL) {
      node.handOver(STOP_LIMIT);
      node.shutdown();
    } else if (reason == Reason.ORPHAN) {
      node.handOver(instructions.temporary() ? Duration.ZERO : HAND_OVER_LIMIT);
      if (instructions.temporary()) {
        deleteData();
      }
    }
    // Told by a parent that has had the broker hand over, if its data is worth it: nothing is left
    // to do. The controller's log is flushed with every write.
  }

  private void deleteData() {
    Path own = Path.of(instructions.settings().getProperty("log.dirs"));
    for (int attempt = 0; attempt < DELETE_ATTEMPTS; attempt++) {
      try {
        FileTree.delete(own);
        deleteIfLast(own.resolveSibling("."));
        return;
      } catch (IOException e) {
        // The controller writes until this process ends, and other orphans delete: once more.
      }
    }
  }

  private static void deleteIfLast(Path cluster) throws IOException {
    try (Stream<Path> entries = Files.list(cluster)) {
      if (entries.anyMatch(Files::isDirectory)) {
        return;
      }
    }
    FileTree.delete(cluster.normalize());
  }
}
