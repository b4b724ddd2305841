package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The worker's guarantees, on a real broker. */
@WithKafka
class WorkerTest {
  @Test
  void everyOrderIsCookedOnceAndItsOffsetCommitted(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 4)) {
      // Given 500 orders of 40 tables
      for (int i = 0; i < 500; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i % 40));
      }
      kitchen.flush();
      // When a worker cooks them and stops
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker worker =
          TestWorker.start(
              kitchen,
              TestWorker.options("w"),
              (order, context) -> CookResult.cooked(IntNode.valueOf(7)))) {
        kitchen.awaitEnds(500);
        worker.drain();
        ends = kitchen.endsInTheLog();
      }
      // Then each has exactly one meal, on its partition and under its key
      assertThat(ends).hasSize(500);
      Set<String> ids = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> record : ends) {
        Meal meal = TestKitchen.meal(record);
        ids.add(meal.orderId());
        assertThat(meal.partition()).isEqualTo(record.partition());
        assertThat(meal.table()).isEqualTo(new String(record.key(), StandardCharsets.UTF_8));
        assertThat(meal.result()).isEqualTo(IntNode.valueOf(7));
        assertThat(meal.startedAt()).isBetween(meal.placedAt().minusMillis(1), meal.finishedAt());
        assertThat(meal.attempts()).isEqualTo(1);
      }
      assertThat(ids).hasSize(500);
      // And the committed offsets are the ends of the log
      kitchen.assertAllCommitted();
    }
  }

  @Test
  void ordersOfOneKeyAreCookedOneAtATimeInLogOrderThroughFailures(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 3)) {
      // Given orders of few tables and a recipe that fails every third try
      for (int i = 0; i < 240; i++) {
        kitchen.send(TestKitchen.order(String.format("%04d", i), "t-" + i % 12));
      }
      kitchen.flush();
      Map<String, List<String>> cooked = new ConcurrentHashMap<>();
      Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
      List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
      Random random = new Random(5);
      Recipe recipe =
          (order, context) -> {
            String table = String.valueOf(order.table());
            AtomicInteger now = atOnce.computeIfAbsent(table, t -> new AtomicInteger());
            if (now.incrementAndGet() > 1) {
              overlaps.add(order.id());
            }
            try {
              if (random.nextInt(3) == 0) {
                return CookResult.retry("burnt", Duration.ofMillis(2));
              }
              cooked
                  .computeIfAbsent(table, t -> Collections.synchronizedList(new ArrayList<>()))
                  .add(order.id());
              return CookResult.cooked();
            } finally {
              now.decrementAndGet();
            }
          };
      WorkerOptions patient = TestOptions.of("w").maxAttempts(1_000).build();
      // When they are cooked
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker worker = TestWorker.start(kitchen, patient, recipe)) {
        ends = kitchen.awaitEnds(240);
        worker.drain();
      }
      // Then no two cooks of a table overlapped, and each table's came in order
      assertThat(overlaps).isEmpty();
      assertThat(cooked).hasSize(12).allSatisfy((table, ids) -> assertThat(ids).isSorted());
      // And so did their meals
      Map<String, List<String>> meals =
          kitchen.meals(ends).stream()
              .collect(
                  Collectors.groupingBy(
                      meal -> String.valueOf(meal.table()),
                      Collectors.mapping(Meal::orderId, Collectors.toList())));
      assertThat(meals).hasSize(12).allSatisfy((table, ids) -> assertThat(ids).isSorted());
      assertThat(kitchen.meals(ends)).anyMatch(meal -> meal.attempts() > 1);
    }
  }

  @Test
  void aSlowOrderHoldsBackOnlyItsOwnKeyAndTheCommit(KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      CountDownLatch release = new CountDownLatch(1);
      kitchen.send(TestKitchen.order("slow", "t-slow"));
      kitchen.send(TestKitchen.order("behind", "t-slow"));
      for (int i = 0; i < 50; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i));
      }
      kitchen.flush();
      Recipe recipe =
          (order, context) -> {
            if (order.id().equals("slow")) {
              release.await();
            }
            return CookResult.cooked();
          };
      try (TestWorker worker = TestWorker.start(kitchen, TestWorker.options("w"), recipe)) {
        // When only the first order of one table is stuck, then all other tables are served
        List<Meal> others = kitchen.meals(kitchen.awaitEnds(50));
        assertThat(others).extracting(Meal::orderId).doesNotContain("slow", "behind");
        // And nothing past the stuck order is committed
        assertThat(kitchen.committed().getOrDefault(0, 0L)).isZero();
        release.countDown();
        List<Meal> all = kitchen.meals(kitchen.awaitEnds(52));
        assertThat(all.subList(50, 52)).extracting(Meal::orderId).containsExactly("slow", "behind");
        worker.drain();
      }
      assertThat(kitchen.committed()).containsEntry(0, 52L);
    }
  }

  @Test
  void whatCannotBeCookedBecomesADeadLetterAndTheRestIsCooked(KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      byte[] key = "k".getBytes(StandardCharsets.UTF_8);
      kitchen.send(key, null);
      kitchen.send(key, new byte[0]);
      kitchen.send(key, new byte[] {(byte) 0xFF, 0, 7});
      kitchen.send(key, "[1]".getBytes(StandardCharsets.UTF_8));
      kitchen.send(key, "{\"dish\":\"burger\"}".getBytes(StandardCharsets.UTF_8));
      kitchen.send(null, OrderCodec.encode(TestKitchen.order("keyless", null)));
      kitchen.send(TestKitchen.order("rejected", "k"));
      kitchen.send(TestKitchen.order("failing", "k"));
      kitchen.send(TestKitchen.order("good", "k"));
      kitchen.flush();
      Recipe recipe =
          (order, context) ->
              switch (order.id()) {
                case "rejected" -> CookResult.rejected("no oven");
                case "failing" -> throw new IllegalStateException("burnt");
                default -> CookResult.cooked();
              };
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker worker =
          TestWorker.start(kitchen, TestOptions.of("w").maxAttempts(2).build(), recipe)) {
        ends = kitchen.awaitEnds(9);
        worker.drain();
      }
      Map<CompletionId, DeadLetterReason> reasons = new HashMap<>();
      kitchen.deadLetters(ends).forEach((id, letter) -> reasons.put(id, letter.reason()));
      assertThat(reasons)
          .containsOnly(
              Map.entry(new CompletionId(0, 0), DeadLetterReason.UNDECODABLE),
              Map.entry(new CompletionId(0, 1), DeadLetterReason.UNDECODABLE),
              Map.entry(new CompletionId(0, 2), DeadLetterReason.UNDECODABLE),
              Map.entry(new CompletionId(0, 3), DeadLetterReason.INVALID),
              Map.entry(new CompletionId(0, 4), DeadLetterReason.INVALID),
              Map.entry(new CompletionId(0, 6), DeadLetterReason.REJECTED),
              Map.entry(new CompletionId(0, 7), DeadLetterReason.EXHAUSTED));
      assertThat(kitchen.meals(ends))
          .extracting(Meal::orderId)
          .containsExactlyInAnyOrder("keyless", "good");
      assertThat(kitchen.deadLetters(ends).get(new CompletionId(0, 7)))
          .satisfies(
              letter -> {
                assertThat(letter.error()).contains("burnt");
                assertThat(letter.attempts()).isEqualTo(2);
              });
      assertThat(kitchen.committed()).containsEntry(0, 9L);
    }
  }

  @Test
  void aWorkerThatJoinsTakesPartitionsOverWithoutACompletionTwice(KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 6)) {
      for (int i = 0; i < 600; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i));
      }
      kitchen.flush();
      Recipe recipe =
          (order, context) -> {
            LockSupport.parkNanos(10_000_000);
            return CookResult.cooked();
          };
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker first = TestWorker.start(kitchen, TestWorker.options("first"), recipe)) {
        kitchen.awaitEnds(50);
        try (TestWorker second = TestWorker.start(kitchen, TestWorker.options("second"), recipe)) {
          for (int i = 600; i < 2_000; i++) {
            kitchen.send(TestKitchen.order("o-" + i, "t-" + i));
          }
          kitchen.flush();
          kitchen.awaitEnds(2_000);
          second.drain();
          first.drain();
          ends = kitchen.endsInTheLog();
        }
      }
      assertThat(ends).hasSize(2_000);
      assertThat(kitchen.meals(ends)).extracting(Meal::completionId).doesNotHaveDuplicates();
      assertThat(kitchen.meals(ends)).extracting(Meal::worker).contains("first", "second");
      kitchen.assertAllCommitted();
    }
  }

  @Test
  void recordsOfAnAbortedTransactionAreInvisibleAndCommittedPast(KafkaCluster cluster)
      throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      // Given an aborted transaction between two committed ones, and so control records at the end
      kitchen.sendInTransaction(true, TestKitchen.order("first", null));
      kitchen.sendInTransaction(
          false, TestKitchen.order("ghost-1", null), TestKitchen.order("ghost-2", null));
      kitchen.sendInTransaction(true, TestKitchen.order("last", null));
      kitchen.sendInTransaction(false, TestKitchen.order("ghost-3", null));
      try (TestWorker worker =
          TestWorker.start(
              kitchen, TestWorker.options("w"), (order, context) -> CookResult.cooked())) {
        kitchen.awaitEnds(2);
        // Then the commit passes what carries no order, up to the very end
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> kitchen.committed().equals(kitchen.ordersEnd()));
        worker.drain();
      }
      assertThat(kitchen.meals(kitchen.endsInTheLog()))
          .extracting(Meal::orderId)
          .containsExactlyInAnyOrder("first", "last");
    }
  }

  @Test
  void aTryThatTakesTooLongIsInterruptedAndAnErrorIsAFailureLikeAnyOther(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      kitchen.send(TestKitchen.order("stuck", null));
      kitchen.send(TestKitchen.order("broken", null));
      kitchen.flush();
      CountDownLatch never = new CountDownLatch(1);
      AtomicInteger interrupted = new AtomicInteger();
      Recipe recipe =
          (order, context) -> {
            if (order.id().equals("broken")) {
              throw new StackOverflowError("too deep");
            }
            try {
              never.await();
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
              throw e;
            }
            return CookResult.cooked();
          };
      WorkerOptions options =
          TestOptions.of("w").maxAttempts(2).cookTimeout(Duration.ofMillis(100)).build();
      List<ConsumerRecord<byte[], byte[]>> ends;
      try (TestWorker worker = TestWorker.start(kitchen, options, recipe)) {
        ends = kitchen.awaitEnds(2);
        worker.drain();
      }
      assertThat(interrupted).hasValue(2);
      assertThat(kitchen.deadLetters(ends).get(new CompletionId(0, 0)))
          .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.TIMED_OUT));
      assertThat(kitchen.deadLetters(ends).get(new CompletionId(0, 1)))
          .satisfies(
              letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetterReason.EXHAUSTED);
                assertThat(letter.error()).isEqualTo("StackOverflowError: too deep");
              });
    }
  }

  @Test
  void withoutOrderingAnOrderDoesNotWaitForTheOneBeforeIt(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      kitchen.send(TestKitchen.order("first", "t"));
      kitchen.send(TestKitchen.order("second", "t"));
      kitchen.flush();
      // Given two orders of one table, of which the first waits for the second to be cooked
      CountDownLatch second = new CountDownLatch(1);
      Recipe recipe =
          (order, context) -> {
            if (order.id().equals("first")) {
              second.await();
            } else {
              second.countDown();
            }
            return CookResult.cooked();
          };
      WorkerOptions options = TestOptions.of("w").ordering(Ordering.NONE).build();
      try (TestWorker worker = TestWorker.start(kitchen, options, recipe)) {
        assertThat(kitchen.meals(kitchen.awaitEnds(2))).hasSize(2);
        worker.drain();
      }
    }
  }

  @Test
  void byPartitionOrdersOfAllItsKeysAreCookedOneAtATimeInLogOrder(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 1)) {
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        sent.add("o-" + i);
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i % 7));
      }
      kitchen.flush();
      List<String> cooked = Collections.synchronizedList(new ArrayList<>());
      AtomicInteger cooking = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      Recipe recipe =
          (order, context) -> {
            most.accumulateAndGet(cooking.incrementAndGet(), Math::max);
            cooking.decrementAndGet();
            if (context.attempt() == 1 && order.id().hashCode() % 10 == 0) {
              throw new IllegalStateException("once");
            }
            cooked.add(order.id());
            return CookResult.cooked();
          };
      WorkerOptions options = TestOptions.of("w").ordering(Ordering.PARTITION).build();
      try (TestWorker worker = TestWorker.start(kitchen, options, recipe)) {
        kitchen.awaitEnds(300);
        worker.drain();
      }
      assertThat(cooked).isEqualTo(sent);
      assertThat(most.get()).isEqualTo(1);
    }
  }

  @Test
  void anOpenBreakerHoldsOrdersBackAndMakesNoDeadLetters(KafkaCluster cluster) {
    try (TestKitchen kitchen = new TestKitchen(cluster, 2)) {
      for (int i = 0; i < 300; i++) {
        kitchen.send(TestKitchen.order("o-" + i, "t-" + i));
      }
      kitchen.flush();
      // Given a service that fails until it was asked 150 times: more than the breaker lets through
      int failures = GuardedRecipes.WINDOW_TRIES + 50;
      AtomicInteger tries = new AtomicInteger();
      Recipe recipe =
          (order, context) -> {
            if (tries.incrementAndGet() <= failures) {
              throw new IllegalStateException("down");
            }
            return CookResult.cooked();
          };
      WorkerOptions options =
          TestOptions.of("w")
              // The tries that ask whether the service is back may all be of one order.
              .maxAttempts(failures + 1)
              .recipeLimits(new RecipeLimits(80, Duration.ofMillis(20), Map.of()))
              .build();
      try (TestWorker worker = TestWorker.start(kitchen, options, recipe)) {
        List<ConsumerRecord<byte[], byte[]>> ends = kitchen.awaitEnds(300);
        worker.drain();
        assertThat(kitchen.meals(ends)).hasSize(300);
      }
      // Most orders were never tried while it was open
      assertThat(tries.get()).isEqualTo(300 + failures);
      kitchen.awaitActivity("\"breaker-open\"");
      kitchen.awaitActivity("\"breaker-closed\"");
    }
  }
}
