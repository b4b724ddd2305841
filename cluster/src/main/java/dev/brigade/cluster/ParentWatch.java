package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends a broker process: when its parent says so, when its parent has died, or on SIGTERM. A
 * process without a parent is gone within {@value #ORPHAN_LIMIT_SECONDS} s whatever state its
 * broker is in, and takes temporary data with it.
 */
final class ParentWatch {
  private static final int ORPHAN_LIMIT_SECONDS = 5;
  private static final int DELETE_ATTEMPTS = 5;
  private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(20);

  private final BufferedReader parent;
  private final CombinedNode node;
  private final BrokerInstructions instructions;
  private volatile boolean wholeClusterEnds;
  private volatile boolean orphan;

  private ParentWatch(BufferedReader parent, CombinedNode node, BrokerInstructions instructions) {
    this.parent = parent;
    this.node = node;
    this.instructions = instructions;
  }

  static void start(BufferedReader parent, CombinedNode node, BrokerInstructions instructions) {
    ParentWatch watch = new ParentWatch(parent, node, instructions);
    Runtime.getRuntime().addShutdownHook(new Thread(watch::end, "end-broker"));
    Thread thread = new Thread(watch::run, "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (parentSpeaks()) {
      wholeClusterEnds = true;
      exitInBackground();
    }
    orphan = true;
    wholeClusterEnds = true;
    CompletableFuture.delayedExecutor(ORPHAN_LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(1));
    exitInBackground();
  }

  private boolean parentSpeaks() {
    try {
      return parent.readLine() != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** On another thread, for exit returns to nobody, and the parent may still die meanwhile. */
  private static void exitInBackground() {
    new Thread(() -> System.exit(0), "exit").start();
  }

  private void end() {
    if (wholeClusterEnds) {
      node.shutdownBeforeExit();
    } else {
      node.shutdown(HAND_OVER_LIMIT);
    }
    if (orphan && instructions.temporary()) {
      deleteData();
    }
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
