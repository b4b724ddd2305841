package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transactional producer that is replaced when it can go on no more: fenced, its transaction
 * timed out, or the outcome of a commit unknown. Confined to the lane's thread but for {@link
 * #findOut}, {@link #current} and {@link #close}.
 */
final class LaneProducer {
  private static final Logger LOG = LoggerFactory.getLogger(LaneProducer.class);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final long WARN_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Of one producer with its coordinator. Where the other brokers do not reach it, it answers
   * without end that a transaction is pending, and this producer would never ask for another one.
   */
  static final Duration BEGIN_TIMEOUT = Duration.ofSeconds(3);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Duration beginTimeout;
  private final LoggedEnds.Reader log;
  private volatile Producer<byte[], byte[]> producer;
  private boolean isFresh = true;
  private boolean inTransaction;

  /** Of a send, written on the producer's thread. */
  private volatile @Nullable Exception refusal;

  private @Nullable KafkaException broken;

  /**
   * @param producers makes producers of the lane's transactional id
   * @param beginTimeout after it the next producer tries to begin
   * @param log where what became of a transaction can be read
   */
  LaneProducer(
      Supplier<Producer<byte[], byte[]>> producers, Duration beginTimeout, LoggedEnds.Reader log) {
    this.producers = producers;
    this.beginTimeout = beginTimeout;
    this.log = log;
    this.producer = producers.get();
  }

  Producer<byte[], byte[]> current() {
    return producer;
  }

  void findOut(String topic) {
    producer.partitionsFor(topic);
  }

  /**
   * Ends whatever transaction of this lane is pending, and fences whoever began it; with a new
   * producer unless this is the first. Returns when that is done, however long it takes.
   *
   * @throws KafkaException if it never can be
   */
  void begin() throws InterruptedException {
    while (true) {
      try {
        if (!isFresh) {
          producer.close(Duration.ZERO);
          producer = producers.get();
        }
        isFresh = false;
        inTransaction = false;
        refusal = null;
        broken = null;
        initTransactions(producer);
        return;
      } catch (KafkaException e) {
        requireHope(e);
        LOG.warn("the lane's transactions cannot begin yet: {}", e.toString());
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  /** Closing a producer ends whatever it is blocked in; its own timeout is that of commits too. */
  private void initTransactions(Producer<byte[], byte[]> tried) {
    AtomicBoolean isDecided = new AtomicBoolean();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              if (isDecided.compareAndSet(false, true)) {
                tried.close(Duration.ZERO);
              }
            },
            CompletableFuture.delayedExecutor(beginTimeout.toNanos(), TimeUnit.NANOSECONDS));
    try {
      tried.initTransactions();
    } catch (KafkaException e) {
      throw isDecided.get() ? givenUp() : e;
    } finally {
      end.cancel(false);
    }
    if (!isDecided.compareAndSet(false, true)) {
      throw givenUp();
    }
  }

  private TimeoutException givenUp() {
    return new TimeoutException(
        "the coordinator did not let them for %,d ms".formatted(beginTimeout.toMillis()));
  }

  void send(ProducerRecord<byte[], byte[]> end) {
    beginTransaction();
    producer.send(
        end,
        (metadata, error) -> {
          if (error != null && refusal == null) {
            refusal = error;
          }
        });
  }

  void sendOffsets(List<Progress> part, ConsumerGroupMetadata member) {
    beginTransaction();
    producer.sendOffsetsToTransaction(Progress.offsets(part), member);
  }

  private void beginTransaction() {
    if (!inTransaction) {
      producer.beginTransaction();
      inTransaction = true;
    }
  }

  /** Returns when what was sent is visible, with the offsets. */
  void commit() {
    if (inTransaction) {
      producer.commitTransaction();
      inTransaction = false;
    }
  }

  /** What was sent since the last commit is visible to nobody. */
  void abort() {
    if (inTransaction) {
      producer.abortTransaction();
      inTransaction = false;
    }
  }

  /**
   * Notes that this producer can go on no more.
   *
   * @throws KafkaException if no other could either
   */
  void broke(KafkaException why) {
    Exception first = refusal;
    if (first != null && first instanceof ApiException api) {
      requireHope(api);
    }
    requireHope(why);
    LOG.warn("the lane needs a new producer: {}", why.toString());
    broken = why;
  }

  boolean isBroken() {
    return broken != null;
  }

  /** What of these the log has, now that no transaction of this lane is pending. */
  LoggedEnds readLogged(Collection<OpenOrder> orders) throws InterruptedException {
    long warnedNanos = System.nanoTime() - WARN_NANOS;
    while (true) {
      try {
        return log.read(orders);
      } catch (KafkaException e) {
        requireHope(e);
        if (System.nanoTime() - warnedNanos >= WARN_NANOS) {
          warnedNanos = System.nanoTime();
          LOG.warn("cannot read yet what the last transaction became: {}", e.toString());
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static void requireHope(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException
          || cause instanceof AuthenticationException
          || cause instanceof UnsupportedVersionException
          || cause instanceof InvalidTopicException
          || cause instanceof RecordTooLargeException
          || cause instanceof OffsetMetadataTooLarge
          || cause instanceof InvalidCommitOffsetSizeException
          || cause instanceof FencedInstanceIdException
          || cause instanceof InterruptException) {
        throw e;
      }
    }
  }
}
