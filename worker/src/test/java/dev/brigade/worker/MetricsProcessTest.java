package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of worker processes, with the options as a user gives them. */
@WithKafka
class MetricsProcessTest {
  @TempDir Path directory;

  @Test
  void aPortOfZeroIsPrintedAndServesUntilTheWorkerEnds(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 2);
        WorkerProcess worker =
            WorkerProcess.start(
                directory,
                kitchen,
                "--recipe",
                "*=simulate:1ms",
                "--worker-id",
                "w-1",
                "--metrics-port",
                "0")) {
      String server = worker.metricsServer();
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> RawHttp.get(server, "/health/ready").status() == 200);
      kitchen.send(TestKitchen.order("one", null));
      kitchen.flush();
      kitchen.awaitEnds(1);
      String cooked = "brigade_orders_cooked_total{kitchen=\"" + kitchen.kitchen.name() + "\"}";
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> RawHttp.get(server, "/metrics").sample(cooked) == 1);
      worker.stop();
      assertThat(worker.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void aWorkerThatServesNoMetricsLoadsNothingForThem(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerProcess worker =
            WorkerProcess.start(
                directory, kitchen, List.of("-Xlog:class+load"), "--recipe", "*=simulate:1ms")) {
      kitchen.send(TestKitchen.order("one", null));
      kitchen.flush();
      kitchen.awaitEnds(1);
      worker.stop();
      assertThat(worker.log().lines())
          .anyMatch(line -> line.contains(" " + Watch.class.getName() + " "))
          .noneMatch(line -> line.contains("micrometer") || line.contains("httpserver"));
    }
  }
}
