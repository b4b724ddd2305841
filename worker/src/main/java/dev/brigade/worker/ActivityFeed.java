package dev.brigade.worker;

import dev.brigade.orders.Activity;
import dev.brigade.orders.Json;
import dev.brigade.orders.Order;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others what this worker does. Best effort: telling never waits (what does not fit is left
 * out), and a failure to send never touches the orders. Thread-safe; sends on its own thread.
 */
final class ActivityFeed implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityFeed.class);
  private static final int MAX_WAITING = 1_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final String worker;
  private final byte[] key;
  private final InstantSource clock;
  private final String host = hostName();
  private final long pid = ProcessHandle.current().pid();
  private final BlockingQueue<Activity> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile boolean closed;

  ActivityFeed(
      Producer<byte[], byte[]> producer, String topic, String worker, InstantSource clock) {
    this.producer = producer;
    this.topic = topic;
    this.worker = worker;
    this.key = worker.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void happened(Activity.Type type, @Nullable String message) {
    tell(type, null, null, null, message);
  }

  void partitions(Activity.Type type, Collection<Integer> partitions) {
    partitions(type, partitions, null);
  }

  void partitions(Activity.Type type, Collection<Integer> partitions, @Nullable String message) {
    tell(
        type,
        partitions.stream().sorted().map(Activity.Partition::named).toList(),
        null,
        null,
        message);
  }

  void report(List<Activity.Partition> partitions, Activity.Counts counts) {
    tell(Activity.Type.REPORT, partitions, null, counts, null);
  }

  /** Half open is a state on the way, which nobody is told of. */
  void breakerChanged(String dish, CircuitBreaker.State to) {
    if (to == CircuitBreaker.State.OPEN) {
      LOG.warn("the breaker of recipe {} is open: most tries fail, its orders wait", dish);
      happened(Activity.Type.BREAKER_OPEN, "recipe " + dish);
    } else if (to == CircuitBreaker.State.CLOSED) {
      LOG.info("the breaker of recipe {} is closed: its orders are cooked again", dish);
      happened(Activity.Type.BREAKER_CLOSED, "recipe " + dish);
    }
  }

  void chefFailed(OpenOrder order, int chef, String reason) {
    tell(Activity.Type.CHEF_FAILED, null, failed(order, chef, reason, null), null, null);
  }

  void retrying(OpenOrder order, int chef, String reason, Duration delay) {
    tell(Activity.Type.RETRYING, null, failed(order, chef, reason, delay.toMillis()), null, null);
  }

  private static Activity.FailedOrder failed(
      OpenOrder open, int chef, String reason, @Nullable Long retryMillis) {
    Order order = open.decoded;
    return new Activity.FailedOrder(
        order == null ? "" : order.id(),
        order == null ? null : order.dish(),
        open.record.partition(),
        open.record.offset(),
        chef,
        open.attempts,
        reason,
        retryMillis);
  }

  private void tell(
      Activity.Type type,
      @Nullable List<Activity.Partition> partitions,
      Activity.@Nullable FailedOrder order,
      Activity.@Nullable Counts counts,
      @Nullable String message) {
    if (!waiting.offer(
        new Activity(
            worker, host, pid, clock.instant(), type, partitions, order, counts, message))) {
      LOG.debug("activity {} left out: {} are waiting", type, MAX_WAITING);
    }
  }

  @Override
  public void run() {
    try {
      while (!closed || !waiting.isEmpty()) {
        Activity next = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(next);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("activity feed ended with {} untold", waiting.size());
    }
  }

  private void send(Activity activity) {
    try {
      producer.send(
          new ProducerRecord<>(topic, key, Json.write(activity)),
          (metadata, error) -> {
            if (error != null) {
              LOG.debug("activity not sent", error);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      // Nothing but this message is lost: orders do not depend on what is told about them. A worker
      // that has no more time to stop closes the producer under this thread.
      LOG.debug("activity not sent", e);
    }
  }

  /** Ends {@link #run} once what is waiting was handed to the producer. */
  void close() {
    closed = true;
  }
}
