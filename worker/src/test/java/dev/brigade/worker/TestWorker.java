package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A worker on a thread of its own, stopped when the test ends. */
final class TestWorker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;

  private final Worker worker;
  private final CompletableFuture<Boolean> result = new CompletableFuture<>();

  private TestWorker(Worker worker) {
    this.worker = worker;
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(worker.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "test-worker");
    thread.setDaemon(true);
    thread.start();
  }

  static WorkerOptions options(String id) {
    return TestOptions.of(id).build();
  }

  static WorkerOptions options(String id, GroupProtocol protocol, int maxInFlight) {
    return TestOptions.of(id).groupProtocol(protocol).maxInFlight(maxInFlight).build();
  }

  static TestWorker start(TestKitchen kitchen, WorkerOptions options, Recipe recipe) {
    return start(kitchen, options, recipe, Map.of());
  }

  static TestWorker start(
      TestKitchen kitchen, WorkerOptions options, Recipe recipe, Map<String, Object> more) {
    return new TestWorker(worker(kitchen, options, recipe, more, Watch.NOBODY));
  }

  static TestWorker startAsync(TestKitchen kitchen, WorkerOptions options, AsyncRecipe recipe) {
    return new TestWorker(worker(kitchen, options, recipe, Map.of(), Watch.NOBODY));
  }

  static TestWorker start(
      TestKitchen kitchen, WorkerOptions options, Recipe recipe, WorkerMetrics metrics) {
    Worker worker = worker(kitchen, options, recipe, Map.of(), metrics);
    worker.showClients(metrics);
    return new TestWorker(worker);
  }

  private static Worker worker(
      TestKitchen kitchen,
      WorkerOptions options,
      AnyRecipe recipe,
      Map<String, Object> more,
      Watch watch) {
    Map<String, Object> config = new HashMap<>(kitchen.clientConfig());
    config.putAll(more);
    return new Worker(
        kitchen.kitchen, options, new Recipes(Map.of(Recipes.ANY_DISH, recipe)), config, watch);
  }

  void askToDrain() {
    worker.drain();
  }

  /** Whether it drained in time; throws what it failed with. */
  boolean awaitEnd() {
    try {
      return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError("the worker failed", e.getCause());
    }
  }

  void drain() {
    askToDrain();
    assertThat(awaitEnd()).as("drained in time").isTrue();
  }

  @Override
  public void close() {
    worker.drain();
    try {
      result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      // The test has its own word on how the worker ended; here it only has to be gone.
      assertThat(result).isDone();
    }
  }
}
