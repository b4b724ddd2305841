package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A lane on brokers that refuse, forget and answer wrongly: whatever is visible is held against the
 * offsets committed after every transaction.
 */
@Timeout(60)
class LaneTest {
  private static final ConsumerGroupMetadata MEMBER = new ConsumerGroupMetadata("chefs");

  private final Log log = new Log();
  private final Mailbox<OpenOrder> committed = new Mailbox<>();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();

  /** Whether each commit went through. */
  private final List<Boolean> attempts = Collections.synchronizedList(new ArrayList<>());

  private final Refusals refusals = new Refusals(System::nanoTime);

  private Lane lane = lane(Duration.ofMillis(1), LaneProducer.BEGIN_TIMEOUT);
  private Thread thread = new Thread(lane, "lane");

  private Lane lane(Duration interval, Duration beginTimeout) {
    return new Lane(
        new LaneProducer(log::producer, beginTimeout, orders -> new LoggedEnds(log.offsets())),
        new MetadataCapacity(),
        committed,
        interval,
        refusals,
        fatal::set,
        new Watch() {
          @Override
          public void committed(long nanos, boolean successful) {
            attempts.add(successful);
          }
        });
  }

  /** What the brokers hold, and what they are about to do. */
  private static final class Log {
    final Map<TopicPartition, TreeSet<Long>> visible = new HashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    final List<String> violations = new ArrayList<>();
    Random faults = new Random(0);
    int faultsPerHundred;
    int transactions;
    volatile int sent;
    int producers;

    /** So often no further producer can be made. */
    int unresolved;

    /** So many further producers never hear that they may begin. */
    int unanswered;

    volatile Runnable beforeOffsets = () -> {};
    boolean authorized = true;

    LogProducer producer() {
      if (unresolved > 0 && producers > 0) {
        unresolved--;
        throw new KafkaException("not made", new ConfigException("no resolvable address"));
      }
      return new LogProducer(this);
    }

    synchronized Map<TopicPartition, OffsetAndMetadata> offsets() {
      return Map.copyOf(offsets);
    }

    synchronized boolean happens() {
      return faults.nextInt(100) < faultsPerHundred;
    }

    synchronized void apply(
        List<ProducerRecord<byte[], byte[]>> ends, Map<TopicPartition, OffsetAndMetadata> moved) {
      transactions++;
      for (ProducerRecord<byte[], byte[]> end : ends) {
        TopicPartition partition = new TopicPartition("orders", end.partition());
        long offset = Long.parseLong(new String(end.value(), StandardCharsets.UTF_8));
        if (!visible.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset)) {
          violations.add("end " + partition + "/" + offset + " is visible twice");
        }
      }
      offsets.putAll(moved);
      offsets.forEach(
          (partition, at) -> {
            TreeSet<Long> told = told(at);
            TreeSet<Long> seen = visible.getOrDefault(partition, new TreeSet<>());
            if (!told.equals(seen)) {
              violations.add("%s tells %s, visible are %s".formatted(partition, told, seen));
            }
          });
    }

    private static TreeSet<Long> told(OffsetAndMetadata at) {
      TreeSet<Long> told = new TreeSet<>();
      for (long offset = 0; offset < at.offset(); offset++) {
        told.add(offset);
      }
      BitSet past = DoneSet.decode(at.offset(), Holding.doneSet(at.offset(), at.metadata()));
      past.stream().forEach(bit -> told.add(at.offset() + bit));
      return told;
    }
  }

  /** One producer, until it is fenced by the next one. */
  private static final class LogProducer extends MockProducer<byte[], byte[]> {
    private final Log log;
    private final List<ProducerRecord<byte[], byte[]>> ends = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean failed;

    LogProducer(Log log) {
      this.log = log;
    }

    @Override
    public void initTransactions() {
      log.producers++;
      if (log.unanswered > 0 && log.producers > 1) {
        log.unanswered--;
        try {
          closed.await();
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
        throw new KafkaException("closed by force");
      }
    }

    @Override
    public void beginTransaction() {
      fail("begin");
      ends.clear();
      moved.clear();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (!log.authorized) {
        failed = true;
        callback.onCompletion(null, new TopicAuthorizationException("meals"));
      }
      ends.add(record);
      log.sent++;
      return new CompletableFuture<>();
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata member) {
      log.beforeOffsets.run();
      fail("offsets");
      if (log.happens()) {
        throw new CommitFailedException("the group has changed");
      }
      moved.putAll(offsets);
    }

    @Override
    public void commitTransaction() {
      fail("commit before");
      log.apply(ends, moved);
      fail("commit after");
    }

    @Override
    public void abortTransaction() {
      fail("abort");
    }

    @Override
    public void close(Duration timeout) {
      failed = true;
      closed.countDown();
    }

    private void fail(String when) {
      if (failed || log.happens()) {
        failed = true;
        throw log.faults.nextBoolean()
            ? new ProducerFencedException(when)
            : new KafkaException(when);
      }
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    lane.close();
    thread.interrupt();
    thread.join();
  }

  @Test
  void endsAndOffsetsAreOneTransaction() throws Exception {
    Assignment orders = assignment(0, 5);
    begin();
    lane.put(List.of(ended(orders, 0), ended(orders, 1), ended(orders, 3)));
    assertThat(awaitCommitted(3)).isEqualTo(3);
    assertThat(log.violations).isEmpty();
    assertThat(Objects.requireNonNull(log.offsets().get(orders.partition())).offset()).isEqualTo(2);
    assertThat(log.visible.get(orders.partition())).containsExactly(0L, 1L, 3L);
    lane.close();
    thread.join();
    assertThat(orders.busy()).isZero();
  }

  @Test
  void whatIsOfAPartitionThatLeftBeforeTheCommitIsNotVisible() throws Exception {
    Assignment gone = assignment(0, 2);
    Assignment stays = assignment(1, 2);
    // It leaves when its end has been sent, and the offsets are about to be
    log.beforeOffsets = gone::gone;
    begin();
    lane.put(List.of(ended(gone, 0), ended(stays, 0)));
    assertThat(awaitCommitted(1)).isEqualTo(1);
    assertThat(log.visible).containsOnlyKeys(stays.partition());
    assertThat(log.offsets()).containsOnlyKeys(stays.partition());
    lane.close();
    thread.join();
    assertThat(gone.busy()).as("it is let go").isZero();
  }

  @Test
  void offsetsAreCommittedThoughNoOrderEnds() throws Exception {
    Assignment orders = assignment(0, 0);
    orders.tracker.advanceTo(7);
    begin();
    lane.commitNow(List.of(orders)).get(30, TimeUnit.SECONDS);
    assertThat(orders.committed).isEqualTo(7);
    assertThat(log.transactions).isEqualTo(1);
  }

  static Stream<KafkaException> refusals() {
    return Stream.of(
        new CommitFailedException("the group has changed"),
        new FencedInstanceIdException("this worker has joined anew"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatTheGroupRefusesIsSentAgainByTheSameProducer(KafkaException refusal) throws Exception {
    commitOneThoughTheFirstOffsetsMeet(refusal);
    assertThat(attempts).containsExactly(false, true);
    assertThat(log.producers).isEqualTo(1);
  }

  /** Its coordinator answers heartbeats, but is none any more. */
  @Test
  void aGroupThatRefusesAMemberAndDoesNotTellItSoIsNoticed() throws Exception {
    log.beforeOffsets =
        () -> {
          throw new CommitFailedException("no such member");
        };
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Duration soon = Duration.ofMillis(50);
    TransactionalCommits commits =
        new TransactionalCommits(
            consumer, lane, soon, refusals, soon, () -> consumer.enforceRebalance());
    commits.memberChanged();
    thread.start();
    lane.put(List.of(ended(assignment(0, 1), 0)));
    Awaitility.await()
        .until(
            () -> {
              commits.commitIfDue(List.of());
              return consumer.shouldRebalance();
            });
    // And what is accepted after all makes it forget
    log.beforeOffsets = () -> {};
    assertThat(awaitCommitted(1)).isEqualTo(1);
    assertThat(refusals.take(consumer.groupMetadata(), Duration.ZERO)).isFalse();
  }

  /** Names may resolve again; a first producer that cannot be made ends the worker's start. */
  @Test
  void aProducerThatCannotBeMadeYetIsMadeLater() throws Exception {
    log.unresolved = 2;
    commitOneThoughTheFirstOffsetsMeet(new ProducerFencedException("by the brokers"));
    assertThat(log.producers).isEqualTo(2);
    assertThat(log.unresolved).isZero();
  }

  /** Such a coordinator refuses without end: the next producer may find another one. */
  @Test
  void aCoordinatorThatNeverLetsAProducerBeginIsGivenUp() throws Exception {
    lane = lane(Duration.ofMillis(1), Duration.ofMillis(200));
    thread = new Thread(lane, "lane");
    log.unanswered = 2;
    commitOneThoughTheFirstOffsetsMeet(new ProducerFencedException("by the brokers"));
    assertThat(log.producers).isEqualTo(4);
  }

  @Test
  void whatEndsWithinTheIntervalIsOneTransactionUnlessSomebodyWaits() throws Exception {
    lane = lane(Duration.ofHours(1), LaneProducer.BEGIN_TIMEOUT);
    thread = new Thread(lane, "lane");
    Assignment orders = assignment(0, 4);
    begin();
    lane.put(List.of(ended(orders, 0)));
    assertThat(awaitCommitted(1)).as("the first one at once").isEqualTo(1);
    for (int offset = 1; offset < 4; offset++) {
      int sent = offset + 1;
      lane.put(List.of(ended(orders, offset)));
      Awaitility.await().until(() -> log.sent == sent);
    }
    lane.commitNow(List.of()).get(30, TimeUnit.SECONDS);
    assertThat(log.transactions).isEqualTo(2);
    assertThat(log.visible.get(orders.partition())).containsExactly(0L, 1L, 2L, 3L);
    assertThat(attempts).containsExactly(true, true);
  }

  @Test
  void whatHasNoEndIsLetGo() throws Exception {
    Assignment orders = assignment(0, 2);
    OpenOrder dropped = TestOrders.open(orders, 0, "key", Ordering.PARTITION);
    orders.begin();
    begin();
    lane.put(List.of(dropped, ended(orders, 1)));
    assertThat(awaitCommitted(1)).isEqualTo(1);
    lane.close();
    thread.join();
    assertThat(log.visible.get(orders.partition())).containsExactly(1L);
    assertThat(orders.busy()).isZero();
  }

  @Test
  void whatTheMetadataCannotTellIsNotCommitted() throws Exception {
    Assignment orders = new Assignment(new TopicPartition("orders", 0));
    orders.tracker.begin(0, new BitSet());
    Random random = new Random(1);
    for (int offset = 0; offset < 100_000; offset++) {
      orders.tracker.register(offset);
      if (offset > 0 && random.nextBoolean()) {
        orders.tracker.complete(offset);
      }
    }
    Trackers.open(orders);
    begin();
    lane.commitSoon(List.of(orders));
    thread.join();
    assertThat(fatal.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the commit metadata of orders-0 cannot tell all");
    assertThat(log.transactions).isZero();
  }

  @Test
  void whatIsNotAllowedEndsTheWorker() throws Exception {
    log.authorized = false;
    Assignment orders = assignment(0, 1);
    begin();
    lane.put(List.of(ended(orders, 0)));
    thread.join();
    assertThat(fatal.get()).isNotNull();
    assertThat(log.visible).isEmpty();
  }

  @RepeatedTest(50)
  void everyEndIsVisibleOnceAndTheOffsetsTellExactlyTheVisibleOnes(RepetitionInfo repetition)
      throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    log.faults = new Random(repetition.getCurrentRepetition());
    log.faultsPerHundred = random.nextInt(40);
    int partitions = 3;
    int count = 120;
    List<OpenOrder> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      Assignment orders = assignment(partition, count);
      for (int offset = 0; offset < count; offset++) {
        all.add(ended(orders, offset));
      }
    }
    Collections.shuffle(all, random);
    begin();
    int seen = 0;
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(40));
      lane.put(all.subList(from, to));
      if (random.nextInt(3) == 0) {
        seen += awaitCommitted(to - seen);
      }
      from = to;
    }
    awaitCommitted(all.size() - seen);
    lane.close();
    thread.join();
    assertThat(log.violations).isEmpty();
    assertThat(fatal.get()).isNull();
    log.visible.values().forEach(visible -> assertThat(visible).hasSize(count));
    log.offsets().values().forEach(at -> assertThat(at.offset()).isEqualTo(count));
    assertThat(all).allSatisfy(order -> assertThat(order.assignment.busy()).isZero());
  }

  private void commitOneThoughTheFirstOffsetsMeet(KafkaException refusal) throws Exception {
    log.beforeOffsets =
        () -> {
          log.beforeOffsets = () -> {};
          throw refusal;
        };
    Assignment orders = assignment(0, 1);
    begin();
    lane.put(List.of(ended(orders, 0)));
    assertThat(awaitCommitted(1)).isEqualTo(1);
    assertThat(log.violations).isEmpty();
  }

  private void begin() {
    lane.member(MEMBER);
    thread.start();
  }

  private int awaitCommitted(int count) throws InterruptedException {
    int seen = 0;
    while (seen < count) {
      assertThat(fatal.get()).isNull();
      seen += committed.readAll(1, TimeUnit.SECONDS, order -> {});
    }
    return seen;
  }

  private static Assignment assignment(int partition, int orders) {
    Assignment assignment = new Assignment(new TopicPartition("orders", partition));
    assignment.tracker.begin(0, new BitSet());
    for (int offset = 0; offset < orders; offset++) {
      assignment.tracker.register(offset);
    }
    Trackers.open(assignment);
    return assignment;
  }

  private static OpenOrder ended(Assignment assignment, long offset) {
    int partition = assignment.partition().partition();
    OpenOrder order =
        new OpenOrder(
            new ConsumerRecord<>("orders", partition, offset, new byte[0], new byte[0]),
            assignment,
            Ordering.PARTITION);
    assignment.begin();
    order.end(
        new ProducerRecord<>(
            "meals",
            partition,
            new byte[0],
            Long.toString(offset).getBytes(StandardCharsets.UTF_8)),
        null);
    return order;
  }
}
