package dev.brigade.bench;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Places orders at a steady rate, whether or not anybody keeps up: each at its own time, which is
 * what it says of itself even if it is sent late. How late is measured. Sends on a thread of its
 * own until it is closed or the book ends.
 */
final class OpenLoad implements AutoCloseable {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OrderBook book;
  private final String topic;
  private final double perSecond;
  private final int firstMeasured;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Histogram lateMicros = new Histogram(TimeUnit.MINUTES.toMicros(10), 2);
  private final long startNanos = System.nanoTime();
  private final Instant start = Instant.now();
  private final Thread thread = new Thread(this::run, "open-load");
  private volatile int sent;
  private volatile boolean closed;

  /**
   * Begins at once.
   *
   * @param firstMeasured the order from which on lateness counts
   */
  OpenLoad(Site site, OrderBook book, double perSecond, int firstMeasured) {
    this.book = book;
    this.topic = Site.KITCHEN.orders();
    this.perSecond = perSecond;
    this.firstMeasured = firstMeasured;
    this.producer = Site.producer(site.clientConfig(), 0);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    for (int seq = 0; seq < book.size() && !closed; seq++) {
      long due = startNanos + nanosUntil(seq);
      long early = due - System.nanoTime();
      while (early > 0 && !closed) {
        LockSupport.parkNanos(early);
        early = due - System.nanoTime();
      }
      var unused = producer.send(book.record(topic, seq, placedAt(seq)));
      if (seq >= firstMeasured) {
        recordLateness(System.nanoTime() - due);
      }
      sent = seq + 1;
    }
    producer.flush();
  }

  private void recordLateness(long nanos) {
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    lateMicros.recordValue(Math.min(micros, lateMicros.getHighestTrackableValue()));
  }

  private long nanosUntil(int seq) {
    return Math.round(seq / perSecond * NANOS);
  }

  /** When an order is due, which is when it says that it was placed. */
  Instant placedAt(int seq) {
    return start.plusNanos(nanosUntil(seq));
  }

  int sent() {
    return sent;
  }

  /** Places no more. Returns when all that was sent is acknowledged. */
  void stop() throws InterruptedException {
    closed = true;
    LockSupport.unpark(thread);
    thread.join();
  }

  /** After {@link #stop}: by how much 99 % of the orders were sent late at most, milliseconds. */
  double lateMillisP99() {
    return lateMicros.getValueAtPercentile(99) / 1000.0;
  }

  @Override
  public void close() {
    closed = true;
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
