package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Loops that run side by side, each on a thread of its own, until told to stop. */
final class Loops implements Work {
  private final List<? extends Loop> loops;
  private final Runnable afterwards;
  private volatile boolean stopping;

  /** What one thread does over and over. */
  interface Loop {
    /**
     * @param stopping asked between orders: whether to finish, commit, leave the group and return
     * @throws Exception if it cannot go on, which ends the process
     */
    void run(BooleanSupplier stopping) throws Exception;
  }

  /**
   * @param afterwards closes what the loops share, once the last has ended
   */
  Loops(List<? extends Loop> loops, Runnable afterwards) {
    this.loops = List.copyOf(loops);
    this.afterwards = afterwards;
  }

  @Override
  public void run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Loop loop : loops) {
      Thread thread = new Thread(() -> runOne(loop), "loop-" + threads.size());
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    afterwards.run();
  }

  private void runOne(Loop loop) {
    try {
      loop.run(() -> stopping);
    } catch (Throwable e) {
      ContenderProcess.fail(e);
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }
}
