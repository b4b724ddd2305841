package dev.brigade.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All chefs of a worker, each a thread with its turn and its stove. Where all recipes go on without
 * their chef, few threads do the work of all. Thread-safe.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  /** A chef who cooks one order for longer does not keep others waiting behind it. */
  private static final long HELD_UP_MILLIS = 5;

  private static final long INTERRUPT_AGAIN_MILLIS = 50;

  private final List<Turn> turns = new ArrayList<>();
  private final List<Stove> stoves = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AsyncTries asyncTries;
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
    this.asyncTries = new AsyncTries(queues, options.cookTimeout());
    if (tools.recipes().anyIsAsync()) {
      queues.limit(options.chefs());
    }
    int count = threads(tools);
    for (int number = 0; number < count; number++) {
      Turn turn = queues.newTurn(number);
      Stove stove = new Stove();
      Thread thread =
          options
              .chefThreads()
              .newThread("chef-" + number, new Chef(turn, stove, asyncTries, tools));
      thread.setUncaughtExceptionHandler((dead, error) -> died.accept(error));
      turns.add(turn);
      stoves.add(stove);
      threads.add(thread);
    }
  }

  /** A recipe that does not hold its chef needs one only for what a processor does. */
  private static int threads(Tools tools) {
    int chefs = tools.options().chefs();
    return tools.recipes().anyIsBlocking()
        ? chefs
        : Math.min(chefs, 2 * Runtime.getRuntime().availableProcessors());
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
    asyncTries.look();
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
    // In this order none is missed: a try can be seen among the others before its chef is free.
    stoves.forEach(Stove::cancelUnlessHeld);
    asyncTries.cancelUnlessHeld();
  }

  void cancelAll() {
    stoves.forEach(Stove::cancel);
    asyncTries.cancelAll();
  }

  /**
   * Interrupts chefs whose queues are closed until all have ended, but no longer than this: one
   * that was just about to begin when it was interrupted is interrupted again.
   */
  void end(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (Thread thread : threads) {
        while (thread.isAlive() && System.nanoTime() - deadline < 0) {
          cancelAll();
          thread.join(INTERRUPT_AGAIN_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int still = busy();
    if (still > 0) {
      LOG.warn("{} orders are still being cooked although they were interrupted", still);
    }
  }

  int chefs() {
    return options.chefs();
  }

  /** How many orders are being cooked now. */
  int busy() {
    int busy = asyncTries.size();
    for (Stove stove : stoves) {
      busy += stove.isLit() ? 1 : 0;
    }
    // A try that is just being left open counts twice.
    return Math.min(busy, options.chefs());
  }
}
