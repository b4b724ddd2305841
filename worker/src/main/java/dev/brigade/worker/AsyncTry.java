package dev.brigade.worker;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One try by a recipe that may go on without its chef. The completion of its stage, the timeout or
 * a cancellation ends it, whichever comes first; what comes later is ignored. Thread-safe; calls
 * nobody while it holds its lock.
 */
final class AsyncTry {
  final OpenOrder order;
  final GuardedRecipe recipe;
  private final long startedNanos;
  private final CompletionStage<CookResult> stage;
  private final Consumer<AsyncTry> endedLater;

  // Guarded by this.
  private boolean leftOpen;
  private boolean ended;
  private Stove.Interruption interruption = Stove.Interruption.NONE;
  private @Nullable CookResult result;
  private @Nullable Throwable failure;
  private long cookNanos;

  /**
   * @param endedLater told once, on the thread that ends it, if it was left open before
   */
  AsyncTry(
      OpenOrder order,
      GuardedRecipe recipe,
      long startedNanos,
      CompletionStage<CookResult> stage,
      Consumer<AsyncTry> endedLater) {
    this.order = order;
    this.recipe = recipe;
    this.startedNanos = startedNanos;
    this.stage = stage;
    this.endedLater = endedLater;
  }

  void completed(@Nullable CookResult with, @Nullable Throwable exceptionally) {
    end(Stove.Interruption.NONE, with, exceptionally);
  }

  void interrupt(Stove.Interruption why) {
    end(why, null, null);
  }

  private void end(
      Stove.Interruption why, @Nullable CookResult with, @Nullable Throwable exceptionally) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      interruption = why;
      result = with;
      failure = exceptionally;
      cookNanos = System.nanoTime() - startedNanos;
      if (!leftOpen) {
        return;
      }
    }
    endedLater.accept(this);
  }

  /**
   * From when this returns true the order is no longer its chef's.
   *
   * @return false if the try has ended already
   */
  synchronized boolean leaveOpen() {
    leftOpen = !ended;
    return leftOpen;
  }

  boolean isLongerThan(long nanos) {
    return System.nanoTime() - startedNanos > nanos;
  }

  /** Tells the recipe that nobody waits any more. Runs whatever code hangs on the stage. */
  void cancelStage() {
    stage.toCompletableFuture().cancel(true);
  }

  // Once it has ended.

  synchronized Stove.Interruption interruption() {
    return interruption;
  }

  /** What the stage completed with; null also if it did so exceptionally. */
  synchronized @Nullable CookResult result() {
    return result;
  }

  /** What made the stage complete exceptionally, not what wraps it on its way here. */
  synchronized @Nullable Throwable failure() {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  synchronized long cookNanos() {
    return cookNanos;
  }
}
