package dev.brigade.worker;

import dev.brigade.orders.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the consumer, and with it assignments, trackers and commits. It reads,
 * hands orders on and commits; it never decodes, cooks or waits for a broker to take a meal, so
 * however slow cooking is, it keeps its place in the group.
 */
final class PollLoop {
  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** While something is paused, or a drain goes on, what ends the wait is not a record. */
  private static final Duration SHORT_POLL = Duration.ofMillis(5);

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Held held;
  private final Ordering ordering;
  private final KeyQueues queues;
  private final Lease lease;
  private final Settling settling;
  private final Flow flow;
  private final Commits commits;
  private final LastCommit lastCommit;
  private final Opening opening;
  private final Vacancies vacancies;
  private final Reports reports;
  private final TopicWatch topics;
  private final Counterparts counterparts;
  private final ActivityFeed activity;
  private final Watch watch;
  private volatile boolean draining;
  private volatile @Nullable Throwable failure;

  PollLoop(
      Consumer<byte[], byte[]> consumer,
      Held held,
      Crew.Tools tools,
      Lease lease,
      Settling settling,
      Commits commits,
      Opening opening,
      Vacancies vacancies,
      MetadataCapacity capacity,
      Reports reports,
      TopicWatch topics,
      Counterparts counterparts) {
    this.consumer = consumer;
    this.held = held;
    this.ordering = tools.options().ordering();
    this.queues = tools.queues();
    this.lease = lease;
    this.settling = settling;
    ReadAhead readAhead = new ReadAhead(tools.options().chefs(), queues::ready);
    this.flow =
        new Flow(
            consumer,
            tools.options().maxInFlight(),
            tools.options().maxInFlightBytes(),
            capacity,
            () -> tools.recipes().allAreOpen() || readAhead.isEnough());
    this.commits = commits;
    this.lastCommit = new LastCommit(consumer, held, queues, commits, System::nanoTime);
    this.opening = opening;
    this.vacancies = vacancies;
    this.reports = reports;
    this.topics = topics;
    this.counterparts = counterparts;
    this.activity = tools.activity();
    this.watch = tools.watch();
  }

  /** Lets {@link #run} end before its next turn. Thread-safe. */
  void drain() {
    draining = true;
  }

  /** Lets {@link #run} throw before its next turn; the first failure counts. Thread-safe. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Works until told to drain. */
  void run(String topic, Rebalance rebalance) throws Throwable {
    consumer.subscribe(List.of(topic), watch.watching(rebalance));
    while (!draining) {
      boolean isSoon = flow.anyPaused() || !lease.holds();
      takeIn(Membership.poll(consumer, isSoon ? SHORT_POLL : POLL));
      if (lease.polled()) {
        queues.beginAgain();
      }
      settling.settle();
      opening.proceed();
      if (rebalance.wasIn()) {
        vacancies.proceed();
      }
      counterparts.adjust(held.all());
      flow.adjust(held.all());
      commitIfDue();
      reports.reportIfDue(held.all());
      watch.turned(held.all());
      throwIfFailed();
    }
  }

  /**
   * Takes in nothing more, waits for what is being cooked and commits it. Keeps polling meanwhile,
   * so that a rebalance among the others need not wait for this worker. Chefs must be done with
   * their orders afterwards: those that are not are interrupted.
   *
   * @return false if the time was up before everything had its end
   */
  boolean finish(Duration patience, Rebalance rebalance, Crew crew) throws Throwable {
    activity.happened(Activity.Type.DRAINING, null);
    rebalance.close();
    queues.close();
    long deadline = System.nanoTime() + patience.toNanos();
    boolean idle = false;
    while (!idle && System.nanoTime() - deadline < 0) {
      consumer.pause(consumer.assignment());
      Membership.poll(consumer, SHORT_POLL);
      idle = settling.awaitIdle(held.all(), SHORT_POLL);
      commitIfDue();
      watch.turned(held.all());
      throwIfFailed();
    }
    if (!idle) {
      LOG.warn("interrupting what took longer than the drain timeout of {}", patience);
      crew.cancelAll();
      settling.awaitIdle(held.all(), AFTER_INTERRUPT);
    }
    boolean committed = topics.lookNow() && lastCommit.commit();
    throwIfFailed();
    LOG.info("drained: {} cooked, {} dead letters", settling.cooked(), settling.dead());
    return idle && committed;
  }

  private void takeIn(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    List<OpenOrder> orders = new ArrayList<>(records.count());
    for (TopicPartition partition : records.partitions()) {
      Assignment assignment = held.get(partition);
      if (assignment == null) {
        throw new IllegalStateException("records of " + partition + ", which is not assigned");
      }
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!assignment.mayBegin(record.offset())) {
          assignment.next = record.offset();
          consumer.seek(partition, record.offset());
          break;
        }
        if (!assignment.tracker.register(record.offset())) {
          continue;
        }
        OpenOrder order = new OpenOrder(record, assignment, ordering);
        assignment.inFlight++;
        assignment.inFlightBytes += order.bytes();
        orders.add(order);
      }
    }
    queues.add(orders);
  }

  private void commitIfDue() {
    if (topics.isIntact()) {
      commits.commitIfDue(held.all());
    }
  }

  private void throwIfFailed() throws Throwable {
    Throwable cause = failure;
    if (cause != null) {
      throw cause;
    }
  }
}
