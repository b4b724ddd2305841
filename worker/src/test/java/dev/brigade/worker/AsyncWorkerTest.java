package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Meal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Asynchronous recipes on a real broker. */
@WithKafka
class AsyncWorkerTest {
  @Test
  void thousandsOfOrdersAreOpenAtOnceOnAFewThreads(KafkaCluster cluster) throws Exception {
    int chefs = 5_000;
    int orders = chefs + 1_000;
    try (TestKitchen kitchen = new TestKitchen(cluster, 4)) {
      for (int i = 0; i < orders; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i));
      }
      kitchen.flush();
      // Given a recipe of which no try ends before as many are open as there are chefs
      List<CompletableFuture<CookResult>> open = Collections.synchronizedList(new ArrayList<>());
      Set<String> threads = ConcurrentHashMap.newKeySet();
      CountDownLatch untilAllAreOpen = new CountDownLatch(chefs);
      CompletableFuture<CookResult> afterwards = new CompletableFuture<>();
      AsyncRecipe recipe =
          (order, context) -> {
            threads.add(Thread.currentThread().getName());
            CompletableFuture<CookResult> stage = afterwards.thenApply(result -> result);
            open.add(stage);
            untilAllAreOpen.countDown();
            return stage;
          };
      WorkerOptions options = TestOptions.of("w").chefs(chefs).maxInFlight(20_000).build();
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker worker = TestWorker.startAsync(kitchen, options, recipe)) {
        // When all are
        assertThat(untilAllAreOpen.await(40, TimeUnit.SECONDS)).isTrue();
        kitchen.awaitActivity("\"busy\":" + chefs);
        // Then no more are begun, and few threads began them
        assertThat(open).hasSize(chefs).noneMatch(CompletableFuture::isDone);
        assertThat(threads)
            .allMatch(name -> name.startsWith("chef-"))
            .hasSizeLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
        assertThat(Thread.getAllStackTraces().keySet())
            .filteredOn(thread -> thread.getName().startsWith("chef-"))
            .hasSizeLessThan(chefs / 10);
        // And when they end, all are cooked, once each
        afterwards.complete(CookResult.cooked());
        kitchen.awaitEnds(orders);
        worker.drain();
        ends = kitchen.endsInTheLog();
      }
      assertThat(kitchen.meals(ends))
          .hasSize(orders)
          .extracting(Meal::completionId)
          .doesNotHaveDuplicates();
      kitchen.assertAllCommitted();
    }
  }
}
