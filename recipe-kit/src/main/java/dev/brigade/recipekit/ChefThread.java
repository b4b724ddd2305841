package dev.brigade.recipekit;

import dev.brigade.worker.CookResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one try. It and the test's thread never run at the same time: the test's waits in
 * {@link #goOn} until the recipe returned or sleeps on the clock. So what a recipe does happens in
 * the same order each time.
 */
final class ChefThread extends Thread {
  private enum State {
    RUNNING,
    ASLEEP,
    DONE
  }

  /** Unwinds a recipe that was asleep when its worker crashed; thrown when the kit is closed. */
  private static final class WorkerCrashed extends Error {
    private static final long serialVersionUID = 1L;

    WorkerCrashed() {
      super("its worker crashed", null, false, false);
    }
  }

  /** A recipe that returned null: judged as if its stage had brought null. */
  private static final CompletionStage<CookResult> NOTHING =
      CompletableFuture.runAsync(() -> {}, Runnable::run).thenApply(nothing -> null);

  private final Object owner;
  private final KitClock clock;
  private final Callable<CompletionStage<CookResult>> recipe;
  private final Runnable wakeUp;

  // Guarded by this.
  private State state = State.RUNNING;
  private CompletionStage<CookResult> stage = new CompletableFuture<>();
  private @Nullable IllegalStateException misuse;
  private boolean isAbandoned;
  private boolean isInterrupted;

  /**
   * @param owner of the alarms that wake it
   * @param wakeUp called on the test's thread once it has slept enough; calls {@link #goOn}
   */
  ChefThread(
      String name,
      Object owner,
      KitClock clock,
      Callable<CompletionStage<CookResult>> recipe,
      Runnable wakeUp) {
    super(name);
    setDaemon(true);
    this.owner = owner;
    this.clock = clock;
    this.recipe = recipe;
    this.wakeUp = wakeUp;
  }

  @Override
  public void run() {
    @Nullable CompletionStage<CookResult> result;
    try {
      result = recipe.call();
    } catch (Throwable e) {
      result = CompletableFuture.failedFuture(e);
    }
    synchronized (this) {
      stage = result == null ? NOTHING : result;
      state = State.DONE;
      notifyAll();
    }
  }

  /** On this thread: gives the turn to the test's until the time has passed. */
  @SuppressWarnings("ReferenceEquality") // the very clock is meant
  synchronized void sleep(KitClock of, Duration time) throws InterruptedException {
    if (of != clock) {
      misuse =
          new IllegalStateException(
              "the recipe sleeps on a clock that is not the kit's: give it KitOptions.clock()");
      throw misuse;
    }
    if (interrupted()) {
      throw new InterruptedException("interrupted before it slept");
    }
    if (time.isNegative() || time.isZero()) {
      return;
    }
    KitClock.Alarm alarm = clock.alarm(owner, time, false, wakeUp);
    state = State.ASLEEP;
    notifyAll();
    while (state == State.ASLEEP) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Only goOn ends a sleep, so that it ends once, by time or by the timeout.
        isInterrupted = true;
      }
    }
    clock.cancel(alarm);
    if (isAbandoned) {
      throw new WorkerCrashed();
    }
    if (isInterrupted) {
      isInterrupted = false;
      throw new InterruptedException("the cook timeout has passed");
    }
  }

  /**
   * On the test's thread: lets the recipe run until it returns or sleeps.
   *
   * @return what it returned; null if it sleeps
   * @throws IllegalStateException if it does neither for longer than the patience
   */
  synchronized @Nullable CompletionStage<CookResult> goOn(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    state = State.RUNNING;
    if (getState() == Thread.State.NEW) {
      start();
    }
    notifyAll();
    try {
      while (state == State.RUNNING) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw stuck(patience);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted while a recipe ran", e);
    }
    if (misuse != null) {
      throw misuse;
    }
    return state == State.DONE ? stage : null;
  }

  synchronized boolean isAsleep() {
    return state == State.ASLEEP;
  }

  /** Wakes it by an interrupt; {@link #goOn} is to follow. */
  synchronized void interruptSleep() {
    isInterrupted = true;
  }

  /** Its worker is gone and so is the kit: nothing more of the recipe is to run. */
  synchronized void abandon() {
    isAbandoned = true;
    state = State.RUNNING;
    notifyAll();
  }

  private IllegalStateException stuck(Duration patience) {
    String at = Arrays.stream(getStackTrace()).findFirst().map(Object::toString).orElse("its end");
    interrupt();
    return new IllegalStateException(
        getName()
            + ": the recipe has neither returned nor slept on the kit's clock for "
            + patience.toMillis()
            + " ms of real time; it is at "
            + at
            + "; have what it waits for call KitClock.sleep");
  }
}
