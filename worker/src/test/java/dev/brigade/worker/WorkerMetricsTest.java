package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Order;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a running worker tells over HTTP, on a real broker. */
@WithKafka
class WorkerMetricsTest {
  private static final String READY = "/health/ready";
  private static final String LIVE = "/health/live";

  /** The metrics of a worker and the server that tells them. */
  private record Told(WorkerMetrics metrics, MetricsServer server) implements AutoCloseable {
    static Told of(TestKitchen kitchen) {
      WorkerMetrics metrics = new WorkerMetrics(kitchen.kitchen, "w");
      return new Told(
          metrics, MetricsServer.open(new InetSocketAddress("127.0.0.1", 0), "127.0.0.1", metrics));
    }

    RawHttp.Answer get(String path) {
      return RawHttp.get(server.url(), path);
    }

    double sample(String name) {
      return get("/metrics").sample(name);
    }

    @Override
    public void close() {
      server.close();
      metrics.close();
    }
  }

  @Test
  void everyEndAndEveryFailedTryIsCountedByItsKind(KafkaCluster cluster) {
    WorkerOptions options = options(Duration.ofMillis(200), 2, 10_000);
    try (TestKitchen kitchen = new TestKitchen(cluster, 3);
        Told told = Told.of(kitchen);
        TestWorker worker =
            TestWorker.start(kitchen, options, WorkerMetricsTest::byId, told.metrics())) {
      String tag = "{kitchen=\"" + kitchen.kitchen.name() + "\"";
      // Given orders that end in every way
      for (int i = 0; i < 20; i++) {
        kitchen.send(TestKitchen.order("good-" + i, null));
      }
      for (int i = 0; i < 3; i++) {
        kitchen.send(TestKitchen.order("refused-" + i, null));
        kitchen.send(null, "no JSON".getBytes(StandardCharsets.UTF_8));
      }
      kitchen.send(TestKitchen.order("throws", null));
      kitchen.send(TestKitchen.order("retries", null));
      kitchen.send(TestKitchen.order("slow", null));
      kitchen.flush();
      // When all have their end
      kitchen.awaitEnds(29);
      await(
          () ->
              told.sample("brigade_orders_cooked_total" + tag + "}") == 20
                  && told.sample("brigade_orders_in_flight" + tag + "}") == 0);
      // Then each is counted once, as what it was
      RawHttp.Answer answer = told.get("/metrics");
      String dead = "brigade_orders_dead_total" + tag + ",reason=\"";
      assertThat(answer.sample(dead + "rejected\"}")).isEqualTo(3);
      assertThat(answer.sample(dead + "undecodable\"}")).isEqualTo(3);
      assertThat(answer.sample(dead + "exhausted\"}")).isEqualTo(2);
      assertThat(answer.sample(dead + "timed-out\"}")).isEqualTo(1);
      assertThat(answer.sample(dead + "expired\"}")).isZero();
      assertThat(answer.sample(failed("failed", tag))).isEqualTo(4);
      assertThat(answer.sample(failed("timed-out", tag))).isEqualTo(2);
      assertThat(answer.sample(failed("rejected", tag))).isEqualTo(3);
      assertThat(
              answer.sample("brigade_cook_seconds_count{dish=\"burger\"," + tag.substring(1) + "}"))
          .isEqualTo(20);
      assertThat(
              answer.sample(
                  "brigade_cook_seconds_bucket{dish=\"burger\","
                      + tag.substring(1)
                      + ",le=\"60.0\"}"))
          .isEqualTo(20);
      assertThat(answer.sample("brigade_completion_seconds_count" + tag + "}")).isEqualTo(20);
      assertThat(answer.sample("brigade_partitions_assigned" + tag + "}")).isEqualTo(3);
      assertThat(answer.sample("brigade_rebalances_total" + tag + "}")).isPositive();
      assertThat(
              answer.sample(
                  "brigade_partitions_moved_total{how=\"assigned\"," + tag.substring(1) + "}"))
          .isEqualTo(3);
      assertThat(answer.sample("brigade_chefs" + tag + "}")).isEqualTo(8);
      assertThat(answer.sample("brigade_polls_total" + tag + "}")).isPositive();
      assertThat(answer.body())
          .contains("brigade_build{", "version=\"", "kafka_consumer_", "kafka_producer_")
          .contains("jvm_memory_used_bytes", "jvm_gc_", "jvm_threads_live", "process_cpu_usage");
      await(() -> lags(told.get("/metrics")) > 0);
      await(() -> told.sample(commits(tag, "ok")) > 0);
      assertThat(lags(told.get("/metrics"))).as("one lag per partition").isLessThanOrEqualTo(3);
      assertThat(told.sample(commits(tag, "failed"))).isZero();
      worker.drain();
    }
  }

  private static String commits(String tag, String result) {
    return "brigade_commits_seconds_count" + tag + ",result=\"" + result + "\"}";
  }

  private static long lags(RawHttp.Answer answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag{"))
        .count();
  }

  private static String failed(String cause, String tag) {
    return "brigade_tries_failed_total{cause=\"" + cause + "\"," + tag.substring(1) + "}";
  }

  private static CookResult byId(Order order, CookContext context) throws InterruptedException {
    switch (order.id().split("-")[0]) {
      case "refused":
        return CookResult.rejected("no");
      case "throws":
        throw new IllegalStateException("broken");
      case "retries":
        return CookResult.retry("later");
      case "slow":
        new CountDownLatch(1).await();
        return CookResult.cooked();
      default:
        return CookResult.cooked();
    }
  }

  @Test
  void whatIsUnderWayShowsWhileItIs(KafkaCluster cluster) {
    CountDownLatch release = new CountDownLatch(1);
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        Told told = Told.of(kitchen);
        TestWorker worker =
            TestWorker.start(
                kitchen,
                options(Duration.ofSeconds(30), 5, 18),
                (order, context) -> {
                  if (order.id().startsWith("held")) {
                    release.await();
                  } else if (order.id().equals("again")) {
                    return release.getCount() == 0
                        ? CookResult.cooked()
                        : CookResult.retry("not yet", Duration.ofHours(1));
                  }
                  return CookResult.cooked();
                },
                told.metrics())) {
      String tag = "{kitchen=\"" + kitchen.kitchen.name() + "\"}";
      // Given a head that is held, 10 that are cooked behind it and more of the held ones' keys
      for (String table : List.of("a", "b")) {
        kitchen.send(TestKitchen.order("held-" + table, table));
      }
      for (int i = 0; i < 10; i++) {
        kitchen.send(TestKitchen.order("free-" + i, null));
      }
      kitchen.flush();
      kitchen.awaitEnds(10);
      kitchen.send(TestKitchen.order("again", null));
      for (int i = 0; i < 15; i++) {
        kitchen.send(TestKitchen.order("behind-" + i, "a"));
      }
      kitchen.flush();
      // Then all of that shows
      await(() -> told.sample("brigade_orders_in_flight" + tag) == 18);
      await(() -> told.sample("brigade_orders_retrying" + tag) == 1);
      await(() -> told.sample("brigade_commit_metadata_characters" + tag) > 0);
      await(() -> told.sample("brigade_partitions_paused" + tag) == 1);
      RawHttp.Answer answer = told.get("/metrics");
      assertThat(answer.sample("brigade_chefs_busy" + tag)).isEqualTo(2);
      assertThat(answer.sample("brigade_keys_open" + tag)).isEqualTo(3);
      assertThat(answer.sample("brigade_orders_ready" + tag)).isZero();
      assertThat(answer.sample("brigade_orders_in_flight_bytes" + tag)).isGreaterThan(18 * 50);
      assertThat(answer.sample("brigade_window_offsets" + tag)).isEqualTo(28);
      assertThat(answer.sample("brigade_orders_cooked_total" + tag)).isEqualTo(10);
      release.countDown();
      worker.drain();
    }
  }

  @Test
  void aWorkerIsReadyFromItsAssignmentUntilItDrainsAndLivesUntilItEnds(KafkaCluster cluster)
      throws Exception {
    CountDownLatch cooking = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        Told told = Told.of(kitchen)) {
      // Given a worker that has not begun
      assertThat(told.get(READY).status()).isEqualTo(503);
      assertThat(told.get(READY).body())
          .isEqualTo("{\"status\":\"down\",\"reason\":\"not in the group yet\"}");
      assertThat(told.get(LIVE).status()).isEqualTo(200);
      try (TestWorker worker =
          TestWorker.start(
              kitchen,
              TestWorker.options("w"),
              (order, context) -> {
                cooking.countDown();
                release.await();
                return CookResult.cooked();
              },
              told.metrics())) {
        // When it is in the group, then it is ready
        await(() -> told.get(READY).status() == 200);
        assertThat(told.get(READY).body())
            .isEqualTo("{\"status\":\"up\",\"reason\":\"in the group and polling\"}");
        kitchen.send(TestKitchen.order("long", null));
        kitchen.flush();
        assertThat(cooking.await(40, TimeUnit.SECONDS)).isTrue();
        // When it drains while an order is being cooked, then it lives but is not ready
        worker.askToDrain();
        RawHttp.Answer ready = told.get(READY);
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()).contains("draining");
        assertThat(told.get(LIVE).status()).isEqualTo(200);
        // And its poll thread goes on turning
        String polls = "brigade_polls_total{kitchen=\"" + kitchen.kitchen.name() + "\"}";
        double before = told.sample(polls);
        await(() -> told.sample(polls) > before + 1);
        release.countDown();
        assertThat(worker.awaitEnd()).isTrue();
        assertThat(told.get(READY).status()).isEqualTo(503);
      }
    }
  }

  @Test
  void aWorkerThatCannotGoOnDoesNotLive(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        Told told = Told.of(kitchen);
        TestWorker worker =
            TestWorker.start(
                kitchen,
                TestWorker.options("w"),
                (order, context) -> {
                  throw new OutOfMemoryError("planted");
                },
                told.metrics())) {
      kitchen.send(TestKitchen.order("bomb", null));
      kitchen.flush();
      await(() -> told.get(LIVE).status() == 503);
      assertThat(told.get(LIVE).body()).contains("OutOfMemoryError");
      assertThat(told.get(READY).status()).isEqualTo(503);
      assertThatThrownBy(worker::awaitEnd).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void aWorkerWithoutAPartitionIsReadyToo(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        Told first = Told.of(kitchen);
        Told second = Told.of(kitchen);
        TestWorker one =
            TestWorker.start(
                kitchen,
                TestWorker.options("one"),
                (order, context) -> CookResult.cooked(),
                first.metrics())) {
      await(() -> first.get(READY).status() == 200);
      try (TestWorker two =
          TestWorker.start(
              kitchen,
              TestWorker.options("two"),
              (order, context) -> CookResult.cooked(),
              second.metrics())) {
        await(() -> second.get(READY).status() == 200);
        two.drain();
      }
      one.drain();
    }
  }

  @Test
  void scrapingAllTheTimeChangesNothing(KafkaCluster cluster) throws Exception {
    ExecutorService scrapers = Executors.newFixedThreadPool(3);
    AtomicBoolean enough = new AtomicBoolean();
    List<Future<Integer>> statuses = new ArrayList<>();
    try (TestKitchen kitchen = new TestKitchen(cluster, 4);
        Told told = Told.of(kitchen);
        TestWorker worker =
            TestWorker.start(
                kitchen,
                TestWorker.options("w"),
                (order, context) -> CookResult.cooked(),
                told.metrics())) {
      for (int i = 0; i < 3; i++) {
        statuses.add(
            scrapers.submit(
                () -> {
                  int worst = 0;
                  while (!enough.get()) {
                    worst = Math.max(worst, told.get("/metrics").status());
                  }
                  return worst;
                }));
      }
      for (int i = 0; i < 2_000; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i % 50));
      }
      kitchen.flush();
      kitchen.awaitEnds(2_000);
      worker.drain();
      enough.set(true);
      for (Future<Integer> worst : statuses) {
        assertThat(worst.get()).isEqualTo(200);
      }
      assertThat(
              told.sample(
                  "brigade_orders_cooked_total{kitchen=\"" + kitchen.kitchen.name() + "\"}"))
          .isEqualTo(2_000);
      assertThat(kitchen.endsInTheLog()).hasSize(2_000);
    } finally {
      enough.set(true);
      scrapers.shutdown();
    }
  }

  private static WorkerOptions options(Duration cookTimeout, int maxAttempts, int maxInFlight) {
    return TestOptions.of("w")
        .maxAttempts(maxAttempts)
        .cookTimeout(cookTimeout)
        .maxInFlight(maxInFlight)
        .build();
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(condition);
  }
}
