package dev.brigade.worker;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** All chefs of a worker, each a thread with its stove. Thread-safe. */
final class Crew {
  private final List<Stove> stoves = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final WorkerOptions options;

  /** What every chef works with. */
  record Tools(
      KeyQueues queues,
      Inspection inspection,
      EndRecords endRecords,
      Pass pass,
      Retries retries,
      WorkerOptions options,
      ActivityFeed activity,
      LongAdder failedTries,
      InstantSource clock,
      Watch watch) {}

  /**
   * @param died told if a chef's thread ends by an error, which only running out of memory does
   */
  Crew(Tools tools, Consumer<Throwable> died) {
    this.options = tools.options();
    for (int number = 0; number < options.chefs(); number++) {
      Stove stove = new Stove();
      Thread thread = new Thread(new Chef(number, stove, tools), "chef-" + number);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((dead, error) -> died.accept(error));
      stoves.add(stove);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void interruptOverdue() {
    long timeout = options.cookTimeout().toNanos();
    stoves.forEach(stove -> stove.interruptIfLongerThan(timeout, TimeUnit.NANOSECONDS));
  }

  /** Interrupts the cooking of orders whose partitions are leaving or gone. */
  void cancelUnlessHeld() {
    stoves.forEach(Stove::cancelUnlessHeld);
  }

  void cancelAll() {
    stoves.forEach(Stove::cancel);
  }

  int chefs() {
    return stoves.size();
  }

  /** How many are cooking now. */
  int busy() {
    int busy = 0;
    for (Stove stove : stoves) {
      busy += stove.isLit() ? 1 : 0;
    }
    return busy;
  }
}
