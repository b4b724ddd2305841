package dev.brigade.audit;

import static org.awaitility.Awaitility.await;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.TopicInit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/** A kitchen on a real broker with a sender, a live scan and a commit observer. */
final class WatchedKitchen implements AutoCloseable, LiveScan.Listener {
  private static final AtomicInteger KITCHENS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  final Kitchen kitchen = new Kitchen("audit-" + KITCHENS.incrementAndGet());
  final Map<String, Object> client;
  private final Delivery delivery;
  private final LedgeredSender sender;
  private final LiveScan live;
  private final CommitObserver observer;
  private final AtomicLong ordered = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong firstEnds = new AtomicLong();

  WatchedKitchen(KafkaCluster cluster, Path directory, Delivery delivery) throws Exception {
    this.client = Map.of("bootstrap.servers", cluster.bootstrapServers());
    this.delivery = delivery;
    try (Admin admin = Admin.create(client)) {
      TopicInit.run(admin, kitchen, 2);
    }
    sender =
        new LedgeredSender(
            client,
            kitchen,
            "sender",
            directory.resolve("ledger"),
            new LedgeredSender.Plan(
                1, 400, 8, List.of("soup", "burger", "soup", TestCook.POISON), null));
    live = LiveScan.start(client, kitchen, this);
    observer = CommitObserver.start(client, kitchen);
  }

  @Override
  public void ordered(int partition, long offset, long appendedAtMillis) {
    ordered.incrementAndGet();
  }

  @Override
  public void ended(
      int partition, long orderOffset, String worker, long appendedAtMillis, boolean first) {
    ended.incrementAndGet();
    firstEnds.addAndGet(first ? 1 : 0);
  }

  TestCook cook(String name) {
    return cook(name, "earliest");
  }

  TestCook cook(String name, String offsetReset) {
    return new TestCook(client, kitchen, name, delivery, offsetReset);
  }

  void startPlacing() {
    sender.start();
  }

  /** Places as many orders at least; returns how many were acknowledged. */
  long place(int orders) {
    startPlacing();
    return stopPlacing(orders);
  }

  /** Returns how many orders were acknowledged, as many at least. */
  long stopPlacing(int orders) {
    await().atMost(PATIENCE).until(() -> sender.acked() >= orders);
    sender.stop(PATIENCE);
    return sender.acked();
  }

  /** Until the observer has looked twice: the second look began after this was called. */
  void awaitSamples() {
    int now = observer.samples().size();
    await().atMost(PATIENCE).until(() -> observer.samples().size() >= now + 2);
  }

  /** Stops watching, reads everything again and checks. */
  Findings check() throws Exception {
    awaitSamples();
    Scan scan = FinalScan.read(client, kitchen);
    long ends = count(scan.meals()) + count(scan.deadLetters());
    await()
        .atMost(PATIENCE)
        .until(() -> ordered.get() == count(scan.orders()) && ended.get() == ends);
    return Checker.check(
        new History(
            delivery,
            Ordering.KEY,
            sender.entries(),
            live.stop(),
            scan,
            observer.stop(),
            CommittedOffsets.read(client, kitchen),
            CompletedSet.Decoder.NOTHING,
            List.of(),
            false,
            live.errors(),
            new Leftovers(
                OpenTransactions.find(client, kitchen, Duration.ZERO),
                List.of(),
                List.of(),
                List.of())));
  }

  private static long count(Map<Integer, ? extends List<?>> partitions) {
    return partitions.values().stream().mapToLong(List::size).sum();
  }

  /** How many orders have an end, by the log. */
  long ended() {
    Scan scan = FinalScan.read(client, kitchen);
    return count(scan.meals()) + count(scan.deadLetters());
  }

  /** Orders of which the live scan saw an end. */
  long firstEnds() {
    return firstEnds.get();
  }

  @Override
  public void close() {
    sender.close();
    live.close();
    observer.close();
  }
}
