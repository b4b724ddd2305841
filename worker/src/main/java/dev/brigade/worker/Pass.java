package dev.brigade.worker;

import java.util.List;

/**
 * The one sender of meals and dead letters: chefs hand their results here and go on, so that none
 * waits for a broker or for another chef inside the producer. What chefs hand over is sent in that
 * order, and the producer is idempotent, so the ends of one key stay in log order.
 *
 * <p>A send is never given up: while the brokers are away the orders in flight stay where they are.
 * One that the brokers refuse for good ends the worker; its order is uncommitted and comes again.
 */
interface Pass extends Runnable {
  /** Orders with their ends; one without is only let go. Thread-safe; returns at once. */
  void put(List<OpenOrder> ended);

  /** Learns where a topic's partitions are before the first send. Thread-safe. */
  void findOut(String topic);

  /** No more results come; {@link #run} ends once those that are there are sent. */
  void close();
}
