package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.audit.LedgerEntry.Outcome;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.TopicInit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own, for it is killed. */
@Timeout(400)
class SenderOnDyingBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Kitchen KITCHEN = new Kitchen("dying");
  private static final int MOST_UNACKNOWLEDGED = 200;
  private static final LedgeredSender.Plan PLAN =
      new LedgeredSender.Plan(7, 500, 5, List.of("soup"), null);

  private static @Nullable KafkaCluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    cluster = KafkaCluster.builder().asProcesses().start();
    try (Admin admin = Admin.create(client())) {
      TopicInit.run(admin, KITCHEN, 2);
    }
  }

  @AfterAll
  static void stop() {
    cluster().close();
  }

  private static KafkaCluster cluster() {
    return Objects.requireNonNull(cluster);
  }

  /** Gives up early, so that the test need not wait for it. */
  private static Map<String, Object> client() {
    return Map.of(
        "bootstrap.servers", cluster().bootstrapServers(),
        "request.timeout.ms", "3000",
        "default.api.timeout.ms", "30000");
  }

  private LedgeredSender sender(String id, String deliveryTimeoutMs) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            cluster().bootstrapServers(),
            "request.timeout.ms",
            "1000",
            "delivery.timeout.ms",
            deliveryTimeoutMs);
    return new LedgeredSender(
        config, KITCHEN, id, directory.resolve(id), PLAN, MOST_UNACKNOWLEDGED);
  }

  @Test
  void everyOrderHasItsOutcomeThoughTheBrokerDies() throws Exception {
    AtomicLong ordered = new AtomicLong();
    LiveScan.Listener listener =
        new LiveScan.Listener() {
          @Override
          public void ordered(int partition, long offset, long appendedAtMillis) {
            ordered.incrementAndGet();
          }
        };
    try (LedgeredSender sender = sender("timed-out", "8000");
        LiveScan live = LiveScan.start(client(), KITCHEN, listener);
        CommitObserver observer = CommitObserver.start(client(), KITCHEN)) {
      sender.start();
      await("orders are placed").atMost(PATIENCE).until(() -> sender.acked() >= 100);
      cluster().kill(1);
      await("orders time out").atMost(PATIENCE).until(() -> sender.unknown() > 0);
      await("the gap is seen").atMost(PATIENCE).until(() -> !observer.gaps().isEmpty());
      cluster().start(1);
      long before = sender.acked();
      await("orders are placed again").atMost(PATIENCE).until(() -> sender.acked() > before + 100);
      sender.stop(PATIENCE);
      int samples = observer.samples().size();
      await("commits are seen again")
          .atMost(PATIENCE)
          .until(() -> observer.samples().size() > samples);
      await("the live scan comes to the end")
          .atMost(PATIENCE)
          .until(() -> ordered.get() >= sender.acked());

      List<LedgerEntry> entries = sender.entries();
      assertThat(entries).hasSize((int) sender.intended());
      assertThat(entries.stream().filter(entry -> entry.outcome() == Outcome.ACKED))
          .hasSize((int) sender.acked());
      assertThat(sender.acked() + sender.unknown() + sender.failed()).isEqualTo(sender.intended());
      assertThat(violated(entries, live.stop())).isEmpty();
    }
  }

  @Test
  void itWaitsWhenTooManyOrdersAreOpenAndStopsAllTheSame() throws Exception {
    try (LedgeredSender sender = sender("waiting", "120000")) {
      sender.start();
      await("orders are placed").atMost(PATIENCE).until(() -> sender.acked() >= 100);
      cluster().kill(1);
      await("it has placed all it may").atMost(PATIENCE).until(() -> isFull(sender));
      await("it places no more")
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> isFull(sender));

      sender.stop(Duration.ofSeconds(1));

      assertThat(sender.unknown()).isEqualTo(MOST_UNACKNOWLEDGED);
      assertThat(open(sender)).isZero();
      cluster().start(1);
      assertThat(violated(sender.entries(), new Fingerprints())).isEmpty();
    }
  }

  private static boolean isFull(LedgeredSender sender) {
    return open(sender) == MOST_UNACKNOWLEDGED;
  }

  private static long open(LedgeredSender sender) {
    return sender.intended() - sender.acked() - sender.unknown() - sender.failed();
  }

  /** What the log says against the ledger, of this test's orders. */
  private static List<Violation> violated(List<LedgerEntry> entries, Fingerprints live) {
    Scan scan = FinalScan.read(client(), KITCHEN);
    String prefix = entries.get(0).id().replaceFirst("-[0-9]+$", "-");
    scan.orders().values().forEach(all -> all.removeIf(o -> !o.id().startsWith(prefix)));
    return Checker.check(
            new History(
                Delivery.AT_LEAST_ONCE,
                Ordering.KEY,
                entries,
                live,
                scan,
                List.of(),
                scan.ordersEnd(),
                CompletedSet.Decoder.NOTHING,
                List.of(),
                false,
                List.of(),
                Leftovers.NONE))
        .violations()
        .stream()
        .filter(violation -> violation.invariant() != Invariant.I3)
        .toList();
  }
}
