package dev.brigade.worker;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** All chefs of a worker, each a thread with its turn and its stove. Thread-safe. */
final class Crew {
  /** A chef who cooks one order for longer does not keep others waiting behind it. */
  private static final long HELD_UP_MILLIS = 5;

  private final List<Turn> turns = new ArrayList<>();
  private final List<Stove> stoves = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final KeyQueues queues;
  private final Pass pass;
  private final WorkerOptions options;

  /** What every chef works with. */
  record Tools(
      KeyQueues queues,
      GuardedRecipes recipes,
      Inspection inspection,
      EndRecords endRecords,
      Pass pass,
      Retries retries,
      RetryBudget retryBudget,
      Tasters tasters,
      WorkerOptions options,
      ActivityFeed activity,
      LongAdder failedTries,
      InstantSource clock,
      Watch watch) {}

  /**
   * @param died told if a chef's thread ends by an error, which only running out of memory does
   */
  Crew(Tools tools, Consumer<Throwable> died) {
    this.queues = tools.queues();
    this.pass = tools.pass();
    this.options = tools.options();
    for (int number = 0; number < options.chefs(); number++) {
      Turn turn = queues.newTurn(number);
      Stove stove = new Stove();
      Thread thread =
          options.chefThreads().newThread("chef-" + number, new Chef(turn, stove, tools));
      thread.setUncaughtExceptionHandler((dead, error) -> died.accept(error));
      turns.add(turn);
      stoves.add(stove);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /**
   * Interrupts what takes longer than the cook timeout, and has others take over what waits behind
   * an order that takes long; to be called every few milliseconds.
   */
  void look() {
    long timeout = options.cookTimeout().toNanos();
    int heldUp = 0;
    List<OpenOrder> unbegun = new ArrayList<>(0);
    for (int chef = 0; chef < stoves.size(); chef++) {
      Stove stove = stoves.get(chef);
      if (stove.isLitLongerThan(HELD_UP_MILLIS, TimeUnit.MILLISECONDS)) {
        heldUp++;
        relieve(turns.get(chef), unbegun);
        stove.interruptIfLongerThan(timeout, TimeUnit.NANOSECONDS);
      }
    }
    queues.relieve(heldUp, unbegun);
  }

  private void relieve(Turn turn, List<OpenOrder> unbegun) {
    unbegun.addAll(turn.takeRest());
    List<OpenOrder> ended = turn.takeEndedAway();
    if (!ended.isEmpty()) {
      pass.put(ended);
      queues.ended(ended);
    }
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
