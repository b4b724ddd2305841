package dev.brigade.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one sender of meals and dead letters: chefs hand their results here and go on, so that none
 * waits for a broker or for another chef inside the producer. What chefs hand over is sent in that
 * order, and the producer is idempotent, so the ends of one key stay in log order.
 *
 * <p>A send is never given up: while the brokers are away the orders in flight stay where they are.
 * One that the brokers refuse for good ends the worker; its order is uncommitted and comes again.
 */
final class Pass implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

  private final Producer<byte[], byte[]> producer;
  private final Mailbox<EndedOrder> counter = new Mailbox<>();
  private final Mailbox<Acknowledged> acknowledged;
  private final Consumer<Throwable> fatal;

  /**
   * @param acknowledged gets every order whose end the brokers hold
   * @param fatal told once something can never be sent; called on the pass's or the producer's
   *     thread
   */
  Pass(
      Producer<byte[], byte[]> producer,
      Mailbox<Acknowledged> acknowledged,
      Consumer<Throwable> fatal) {
    this.producer = producer;
    this.acknowledged = acknowledged;
    this.fatal = fatal;
  }

  /** Thread-safe; returns at once. */
  void put(EndedOrder ended) {
    counter.put(ended);
  }

  @Override
  public void run() {
    try {
      while (!counter.isClosed()) {
        List<EndedOrder> batch = counter.takeAll(1, TimeUnit.SECONDS);
        for (EndedOrder ended : batch) {
          send(ended);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the pass was told to stop at once");
    } catch (Throwable e) {
      fatal.accept(e);
    }
  }

  private void send(EndedOrder ended) {
    OpenOrder order = ended.order();
    if (!order.assignment.mayEnd()) {
      order.assignment.settle();
      return;
    }
    producer.send(
        ended.record(),
        (metadata, error) -> {
          if (error == null) {
            acknowledged.put(new Acknowledged(order, ended.meal()));
            order.assignment.settle();
          } else {
            fatal.accept(error);
          }
        });
  }

  /** No more results come; {@link #run} ends once those that are there are sent. */
  void close() {
    counter.close();
  }
}
