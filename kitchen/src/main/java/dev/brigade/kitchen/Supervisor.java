package dev.brigade.kitchen;

import dev.brigade.orders.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps N workers running until it is told to stop, or one of them ends for a reason that would end
 * each of them. Threads: one per worker, and one that reads what it writes.
 */
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final List<SupervisedWorker> workers = new ArrayList<>();
  private final AtomicReference<CommandFailure> failure = new AtomicReference<>();

  /**
   * @param idPrefix of the workers' ids: {@code <prefix>-1} and so on
   * @param arguments the command and options of all workers
   */
  Supervisor(int count, String idPrefix, List<String> arguments, SupervisedWorker.Removal removal) {
    for (int number = 1; number <= count; number++) {
      String id = idPrefix + "-" + number;
      workers.add(new SupervisedWorker(id, arguments, removal, this::anyRuns, this::fail));
    }
  }

  /**
   * Returns when all workers have ended after {@link #stop}.
   *
   * @return whether all ended in good order
   * @throws CommandFailure if a worker ended for a reason that would end each of them
   */
  boolean run() throws InterruptedException {
    List<Thread> threads = workers.stream().map(worker -> new Thread(worker, worker.id())).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    CommandFailure why = failure.get();
    if (why != null) {
      throw why;
    }
    return workers.stream().allMatch(SupervisedWorker::endedWell);
  }

  /** Tells all workers to finish what they cook, and replaces none any more. Returns at once. */
  void stop() {
    workers.forEach(SupervisedWorker::stop);
    LOG.info("the workers finish what they cook, then end; a second signal ends them at once");
  }

  private boolean anyRuns() {
    return workers.stream().anyMatch(SupervisedWorker::runs);
  }

  private void fail(CommandFailure why) {
    if (failure.compareAndSet(null, why)) {
      LOG.error("ending all workers: {}", why.getMessage());
      stop();
    }
  }
}
