package dev.brigade.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exactly-once: sends what ended and commits it together with the offsets, as one transaction every
 * commit interval. A transaction holds what has ended so far and waits for no cook. It is the only
 * one that writes offsets of open partitions, for a plain commit would overwrite those of a pending
 * transaction.
 *
 * <p>What a transaction held that was aborted is sent again, without being cooked again, as long as
 * its partition is held. Where it is not known what became of one, the log is asked. Nothing else
 * happens on its thread.
 */
final class Lane implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final Duration IDLE = Duration.ofSeconds(1);

  /** After a refusal, until the group may have told this worker more. */
  private static final long AFTER_ABORT_NANOS = Duration.ofMillis(10).toNanos();

  private final LaneProducer producer;
  private final MetadataCapacity capacity;
  private final Mailbox<OpenOrder> counter = new Mailbox<>();
  private final Mailbox<OpenOrder> committed;
  private final long intervalNanos;
  private final Consumer<Throwable> fatal;
  private final Refusals refusals;
  private final Watch watch;
  private volatile @Nullable ConsumerGroupMetadata member;

  // Guarded by this.
  private Set<Assignment> changed = new HashSet<>();
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();

  // Confined to the lane's thread.
  private final List<OpenOrder> sent = new ArrayList<>();
  private final List<Assignment> sentOf = new ArrayList<>();
  private long beganNanos;
  private long metadataNanos;

  /**
   * @param capacity proven before any partition is opened
   * @param committed gets every order whose end and offset are committed
   * @param refusals told what the group says of this worker's transactions
   * @param fatal told once something can never be sent or committed; called on any thread
   */
  Lane(
      LaneProducer producer,
      MetadataCapacity capacity,
      Mailbox<OpenOrder> committed,
      Duration interval,
      Refusals refusals,
      Consumer<Throwable> fatal,
      Watch watch) {
    this.producer = producer;
    this.capacity = capacity;
    this.committed = committed;
    this.intervalNanos = interval.toNanos();
    this.refusals = refusals;
    this.fatal = fatal;
    this.watch = watch;
  }

  @Override
  public void put(List<OpenOrder> ended) {
    counter.putAll(ended);
  }

  @Override
  public void findOut(String topic) {
    producer.findOut(topic);
  }

  /** Who this worker is to its group, as of the last poll. On the poll thread. */
  void member(ConsumerGroupMetadata now) {
    member = now;
  }

  /** Commits these with the next transaction, though none of their orders may have ended. */
  synchronized void commitSoon(Collection<Assignment> assignments) {
    changed.addAll(assignments);
    counter.wake();
  }

  /**
   * Commits these, and whatever has ended by now.
   *
   * @return completed when that is done
   */
  synchronized Future<?> commitNow(Collection<Assignment> assignments) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    changed.addAll(assignments);
    waiting.add(done);
    counter.wake();
    return done;
  }

  @Override
  public void run() {
    try {
      producer.begin();
      Gathering gathering = new Gathering(System.nanoTime());
      beganNanos = System.nanoTime() - intervalNanos;
      while (!counter.isClosed()) {
        int count = counter.readAll(nanosToWait(), TimeUnit.NANOSECONDS, this::send);
        LockSupport.parkNanos(gathering.restAfter(count, System.nanoTime()));
        if (isDue()) {
          commit();
        }
      }
      commit();
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the lane was told to stop at once");
    } catch (Throwable e) {
      fatal.accept(e);
    }
  }

  @Override
  public void close() {
    counter.close();
  }

  private synchronized long nanosToWait() {
    if (!waiting.isEmpty()) {
      return 0;
    }
    return sent.isEmpty() && changed.isEmpty()
        ? IDLE.toNanos()
        : Math.max(0, nextNanos() - System.nanoTime());
  }

  private synchronized boolean isDue() {
    return !waiting.isEmpty()
        || (!(sent.isEmpty() && changed.isEmpty()) && System.nanoTime() - nextNanos() >= 0);
  }

  private long nextNanos() {
    return beganNanos + Math.max(intervalNanos, metadataNanos);
  }

  private void send(OpenOrder order) {
    ProducerRecord<byte[], byte[]> end = order.end;
    if (end == null || !order.assignment.mayEnd()) {
      order.assignment.settle();
      return;
    }
    sent.add(order);
    if (order.assignment.uncommitted++ == 0) {
      sentOf.add(order.assignment);
    }
    if (!order.isTracked) {
      order.isTracked = true;
      order.assignment.tracker.complete(order.record.offset());
    }
    if (!producer.isBroken()) {
      try {
        producer.send(end);
      } catch (KafkaException e) {
        producer.broke(e);
      }
    }
  }

  /** Commits what was sent, however often it takes. */
  private void commit() throws InterruptedException {
    beganNanos = System.nanoTime();
    Set<Assignment> touched;
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      touched = changed;
      changed = new HashSet<>();
      told = waiting;
      waiting = new ArrayList<>();
    }
    while (!tryCommit(touched)) {
      LockSupport.parkNanos(AFTER_ABORT_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    told.forEach(done -> done.complete(null));
  }

  private boolean tryCommit(Set<Assignment> touched) throws InterruptedException {
    ConsumerGroupMetadata asMember = member;
    if (producer.isBroken()) {
      recover();
      return false;
    }
    if (isAnySentOfGone()) {
      sendAgain();
      return false;
    }
    touched.addAll(sentOf);
    if (asMember == null || touched.isEmpty()) {
      return true;
    }
    long startedNanos = System.nanoTime();
    CommitRound round = new CommitRound(capacity);
    round.begin(touched);
    List<Progress> all = new ArrayList<>(touched.size());
    try {
      for (List<Progress> part = round.nextPart(); !part.isEmpty(); part = round.nextPart()) {
        requireWhole(part);
        producer.sendOffsets(part, asMember);
        all.addAll(part);
      }
      if (isAnySentOfGone()) {
        sendAgain();
        return false;
      }
      producer.commit();
    } catch (CommitFailedException | FencedInstanceIdException e) {
      // The latter also when this worker itself has joined anew; a real one its consumer is told.
      LOG.debug("the group has changed: sending {} ends again", sent.size(), e);
      refusals.refused(asMember);
      watch.committed(System.nanoTime() - startedNanos, false);
      sendAgain();
      return false;
    } catch (KafkaException e) {
      watch.committed(System.nanoTime() - startedNanos, false);
      producer.broke(e);
      return false;
    }
    watch.committed(System.nanoTime() - startedNanos, true);
    refusals.accepted();
    metadataNanos = Math.min(round.bytes() * PlainCommits.NANOS_PER_METADATA_BYTE, IDLE.toNanos());
    all.forEach(Progress::committed);
    committed.putAll(sent);
    for (Assignment assignment : sentOf) {
      assignment.settle(assignment.uncommitted);
    }
    clearSent();
    return true;
  }

  /** What the metadata left out would be cooked and sent again after a crash. */
  private static void requireWhole(List<Progress> part) {
    for (Progress progress : part) {
      if (!progress.isWhole()) {
        throw new IllegalStateException(
            "the commit metadata of "
                + progress.assignment().partition()
                + " cannot tell all that is done past its slow orders");
      }
    }
  }

  /** Their ends must not become visible: whoever holds the partition now sends its own. */
  private boolean isAnySentOfGone() {
    for (Assignment assignment : sentOf) {
      if (!assignment.mayEnd()) {
        return true;
      }
    }
    return false;
  }

  private List<OpenOrder> takeSent() {
    List<OpenOrder> taken = List.copyOf(sent);
    clearSent();
    return taken;
  }

  private void clearSent() {
    sent.clear();
    for (Assignment assignment : sentOf) {
      assignment.uncommitted = 0;
    }
    sentOf.clear();
  }

  private void sendAgain() {
    try {
      producer.abort();
    } catch (KafkaException e) {
      producer.broke(e);
      return;
    }
    takeSent().forEach(this::send);
  }

  /** A new producer; what the last transaction held is sent again unless the log has it already. */
  private void recover() throws InterruptedException {
    producer.begin();
    List<OpenOrder> unknown = takeSent();
    LoggedEnds logged = producer.readLogged(unknown);
    List<OpenOrder> done = new ArrayList<>();
    for (OpenOrder order : unknown) {
      if (order.assignment.mayEnd() && logged.contains(order)) {
        done.add(order);
      } else {
        send(order);
      }
    }
    committed.putAll(done);
    done.forEach(order -> order.assignment.settle());
    LOG.info(
        "the lane goes on: of {} ends, {} were committed and {} are sent again",
        unknown.size(),
        done.size(),
        sent.size());
  }
}
