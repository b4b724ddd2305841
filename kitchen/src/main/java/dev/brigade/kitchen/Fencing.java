package dev.brigade.kitchen;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transaction that a dead worker left open: whoever takes its partitions over waits for
 * that, and otherwise it takes the transaction's timeout and the brokers' sweep, 10 s each on an
 * unmodified broker. What of the worker should still run can commit nothing any more. Thread-safe.
 */
final class Fencing {
  private static final Logger LOG = LoggerFactory.getLogger(Fencing.class);
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();

  /** A worker has one lane. */
  private static final int LANE = 0;

  private final Admin admin;
  private final Kitchen kitchen;

  Fencing(Admin admin, Kitchen kitchen) {
    this.admin = admin;
    this.kitchen = kitchen;
  }

  /**
   * Returns at once.
   *
   * @return complete when no transaction of that worker is open; if that cannot be done, that is
   *     said and it is complete, too
   */
  CompletableFuture<Void> fence(String workerId) {
    long start = System.nanoTime();
    String id = kitchen.transactionalId(workerId, LANE);
    return admin
        .fenceProducers(List.of(id), new FenceProducersOptions().timeoutMs(TIMEOUT_MS))
        .all()
        .toCompletionStage()
        .handle(
            (done, failure) -> {
              if (failure == null) {
                LOG.info("fenced {} within {} ms", workerId, millisSince(start));
              } else {
                LOG.warn(
                    "cannot end the transaction of {}, its partitions wait for the transaction's"
                        + " timeout: {}",
                    workerId,
                    String.valueOf(
                        failure instanceof CompletionException ? failure.getCause() : failure));
              }
              return done;
            })
        .toCompletableFuture();
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
