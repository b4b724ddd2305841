package dev.brigade.worker;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that begins anew in the same process when its group has put it out and {@link Rejoins}
 * lets it try again. Run on one thread; may be stopped on any.
 */
final class RejoiningWorker {
  private static final Logger LOG = LoggerFactory.getLogger(RejoiningWorker.class);

  private final Supplier<Worker> workers;
  private final Runnable ended;
  private final Rejoins rejoins = new Rejoins(System::nanoTime);

  // Guarded by this.
  private @Nullable Worker current;
  private boolean stopping;

  /**
   * @param workers makes the next one
   * @param ended called between one that was put out and the next
   */
  RejoiningWorker(Supplier<Worker> workers, Runnable ended) {
    this.workers = workers;
    this.ended = ended;
  }

  /** As {@link Worker#drain}. Thread-safe, returns at once. */
  synchronized void drain() {
    stopping = true;
    if (current != null) {
      current.drain();
    }
    notifyAll();
  }

  /**
   * As {@link Worker#run}.
   *
   * @return false if a stop was cut short: the drain timeout was up, or the group put the worker
   *     out meanwhile; one that was not let in at all had nothing to finish
   * @throws KafkaException if the group has put it out for good, or the brokers refuse something
   */
  boolean run() throws Exception {
    while (true) {
      Worker worker = workers.get();
      begin(worker);
      Duration pause;
      boolean cutShort;
      try {
        return worker.run();
      } catch (KafkaException e) {
        cutShort = isStopping() && worker.wasInGroup();
        pause = rejoins.pause(e, worker.wasInGroup());
        if (pause == null) {
          throw e;
        }
        LOG.warn("put out of the group: joining again ({}: {})", why(e), e.toString());
      }
      ended.run();
      worker.awaitChefs();
      if (isStoppedWithin(pause)) {
        LOG.info("stopping while out of the group");
        return !cutShort;
      }
    }
  }

  private static String why(KafkaException putOut) {
    return putOut instanceof StaleCoordinatorException
        ? "it has another coordinator"
        : "another worker has this one's id, or it is what the group remembers of this one";
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void begin(Worker worker) {
    current = worker;
    if (stopping) {
      worker.drain();
    }
  }

  /** Lets go of the worker that was put out, and waits. */
  private synchronized boolean isStoppedWithin(Duration pause) throws InterruptedException {
    current = null;
    long end = System.nanoTime() + pause.toNanos();
    long left;
    while (!stopping && (left = end - System.nanoTime()) > 0) {
      wait(Math.max(1, left / 1_000_000));
    }
    return stopping;
  }
}
