package dev.brigade.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Runs an action on all elements at once, each on a thread of its own, and returns when all are
 * done, or throws the first failure at once: the others may then still be waiting for the one that
 * failed.
 */
final class Concurrently {
  private Concurrently() {}

  static <T> void forEach(List<T> elements, Consumer<T> action) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    List<CompletableFuture<Void>> runs =
        elements.stream().map(element -> run(() -> action.accept(element))).toList();
    for (CompletableFuture<Void> run : runs) {
      run.exceptionally(
          e -> {
            failure.completeExceptionally(e);
            return null;
          });
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(runs.toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, failure).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static CompletableFuture<Void> run(Runnable action) {
    return CompletableFuture.runAsync(
        action,
        task -> {
          Thread thread = new Thread(task, "kafka-cluster");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
