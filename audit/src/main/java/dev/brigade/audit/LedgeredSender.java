package dev.brigade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Places orders at a rate and keeps the {@link Ledger} of them: idempotent, {@code acks=all}, on a
 * thread of its own. While the brokers do not answer it keeps a bounded number of orders waiting
 * for their outcome and places no more; what it did not place meanwhile it does not make up for.
 *
 * <p>An order has <em>failed</em> only if it cannot be in the log: if {@code send} itself refused
 * it, on the calling thread, before it was handed over, or if the brokers refuse that very record
 * each time they see it (it is too large, or invalid). Whatever else the producer reports later, a
 * time-out above all, leaves the order <em>unknown</em>: an earlier try may have been appended.
 *
 * <p>Counts may be read from any thread.
 */
public final class LedgeredSender implements AutoCloseable {
  static final int MOST_UNACKNOWLEDGED = 10_000;

  /** Orders of so long share one {@code fsync}. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private static final int MOST_AT_ONCE = 1_000;

  private final Plan plan;
  private final PlannedOrders orders;
  private final String topic;
  private final int mostUnacknowledged;
  private final Path path;
  private final Ledger ledger;
  private final Producer<byte[], byte[]> producer;
  private final Thread thread = new Thread(this::run, "ledgered-sender");
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final LongAdder intended = new LongAdder();
  private final LongAdder acked = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Exception failure;

  /**
   * What to order.
   *
   * @param perSecond orders per second, above 0
   * @param tables over how many keys they are spread evenly
   * @param dishes of which each order has one, all as likely; a dish that is named twice is ordered
   *     twice as often
   * @param payload of every order; null for none
   */
  public record Plan(
      long seed, double perSecond, int tables, List<String> dishes, @Nullable JsonNode payload) {
    public Plan {
      if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
        throw new IllegalArgumentException("orders per second must be above 0: " + perSecond);
      }
      if (tables < 1) {
        throw new IllegalArgumentException("at least one table is needed, not " + tables);
      }
      dishes = List.copyOf(dishes);
      if (dishes.isEmpty()) {
        throw new IllegalArgumentException("at least one dish is needed");
      }
      dishes.forEach(Order::requireDish);
    }
  }

  /**
   * @param clientId the producer's, and what the orders' ids begin with: no two senders of a
   *     kitchen may have the same
   * @param ledger a file that does not exist yet
   */
  public LedgeredSender(
      Map<String, Object> clientConfig, Kitchen kitchen, String clientId, Path ledger, Plan plan)
      throws IOException {
    this(clientConfig, kitchen, clientId, ledger, plan, MOST_UNACKNOWLEDGED);
  }

  LedgeredSender(
      Map<String, Object> clientConfig,
      Kitchen kitchen,
      String clientId,
      Path ledger,
      Plan plan,
      int mostUnacknowledged)
      throws IOException {
    this.plan = plan;
    this.orders = new PlannedOrders(clientId, plan);
    this.topic = kitchen.orders();
    this.mostUnacknowledged = mostUnacknowledged;
    this.path = ledger;
    this.ledger = Ledger.create(ledger);
    try {
      this.producer = new KafkaProducer<>(config(clientConfig, clientId));
    } catch (RuntimeException e) {
      this.ledger.close();
      throw e;
    }
  }

  private static Map<String, Object> config(Map<String, Object> clientConfig, String clientId) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    // While no broker answers, what is known of the topic must not be forgotten: orders could not
    // be handed over any more, and would fail one after the other, each after seconds.
    config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    // A leader that the other brokers do not reach goes on answering, and nobody tells of the next.
    config.putIfAbsent(ProducerConfig.METADATA_MAX_AGE_CONFIG, "3000");
    // And as the least loaded broker it would be the one that is asked, behind what it holds up.
    config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
    return config;
  }

  public void start() {
    thread.start();
  }

  /** Places one order more, of this dish, within some milliseconds. */
  public void order(String dish) {
    Order.requireDish(dish);
    asked.add(dish);
  }

  private void run() {
    try {
      long begin = System.nanoTime();
      Instant beginTime = Instant.now();
      long passedOver = 0;
      while (!stop.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS) && failure == null) {
        double elapsed = (System.nanoTime() - begin) / 1e9;
        long due = (long) (elapsed * plan.perSecond()) - intended() - passedOver;
        long free = mostUnacknowledged - unacknowledged();
        long now = Math.min(Math.min(due, free), MOST_AT_ONCE);
        if (now > 0) {
          place((int) now, beginTime, intended() + passedOver);
        }
        passedOver += Math.max(0, due - Math.max(0, free));
        passedOver -= placeAsked();
      }
    } catch (IOException e) {
      broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void place(int count, Instant begin, long firstInTurn) throws IOException {
    List<PlannedOrders.Planned> placed = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double seconds = (firstInTurn + i) / plan.perSecond();
      placed.add(orders.next(begin.plusNanos((long) (seconds * 1e9))));
    }
    place(placed);
  }

  /** Beside the plan: they do not take the place of others. */
  private int placeAsked() throws IOException {
    List<PlannedOrders.Planned> placed = new ArrayList<>(0);
    String dish;
    while ((dish = asked.poll()) != null) {
      placed.add(orders.next(Instant.now(), dish));
    }
    if (!placed.isEmpty()) {
      place(placed);
    }
    return placed.size();
  }

  private void place(List<PlannedOrders.Planned> placed) throws IOException {
    long number = ledger.intend(placed.stream().map(PlannedOrders.Planned::intent).toList());
    intended.add(placed.size());
    for (PlannedOrders.Planned order : placed) {
      send(number++, order);
    }
  }

  private void send(long number, PlannedOrders.Planned order) {
    Delivery delivery = new Delivery(number);
    try {
      producer.send(new ProducerRecord<>(topic, order.key(), order.value()), delivery);
    } catch (KafkaException | IllegalStateException e) {
      delivery.onCompletion(null, e);
    }
  }

  /**
   * One order on its way; hears of its outcome on the producer's thread, or within {@code send}.
   */
  private final class Delivery implements Callback {
    private final long number;

    Delivery(long number) {
      this.number = number;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata at, @Nullable Exception e) {
      try {
        if (e != null && isCertain(e)) {
          ledger.failed(number, e.toString());
          failed.increment();
        } else if (e == null && at != null && at.hasOffset()) {
          ledger.acked(number, at.partition(), at.offset());
          acked.increment();
        } else {
          ledger.unknown(number, e == null ? "acknowledged without its offset" : e.toString());
          unknown.increment();
        }
      } catch (IOException notWritten) {
        broken(notWritten);
      }
    }

    private boolean isCertain(Exception e) {
      return Thread.currentThread() == thread
          || e instanceof RecordTooLargeException
          || e instanceof RecordBatchTooLargeException
          || e instanceof InvalidRecordException;
    }
  }

  private void broken(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }

  /**
   * Places no more orders and returns when the outcome of each is in the ledger; what has none
   * within the limit is unknown.
   *
   * @throws UncheckedIOException if the ledger could not be written, now or earlier
   */
  public void stop(Duration limit) {
    stop.countDown();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      join(limit);
      producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      thread.join(); // a closed producer refuses at once
      ledger.close();
    } catch (IOException e) {
      broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      producer.close(Duration.ZERO);
    }
    if (failure instanceof IOException e) {
      throw new UncheckedIOException("the ledger " + path + " cannot be written", e);
    }
  }

  private void join(Duration limit) throws InterruptedException {
    thread.join(Math.max(1, limit.toMillis()));
  }

  /** Stops at once, see {@link #stop}. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  /** Orders in the ledger, whatever became of them. */
  public long intended() {
    return intended.sum();
  }

  public long acked() {
    return acked.sum();
  }

  public long unknown() {
    return unknown.sum();
  }

  public long failed() {
    return failed.sum();
  }

  private long unacknowledged() {
    return intended() - acked() - unknown() - failed();
  }

  /** What the file holds, see {@link Ledger#read}. */
  public List<LedgerEntry> entries() throws IOException {
    return Ledger.read(path);
  }
}
