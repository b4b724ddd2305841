package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KeyQueuesTest {
  private final KeyQueues queues = new KeyQueues();
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  @Test
  void theNextOrderOfAKeyWaitsUntilTheFirstEnded() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    OpenOrder other = order("b");
    queues.add(List.of(first, second, other));
    assertThat(queues.take(0)).isSameAs(first);
    assertThat(queues.take(1)).isSameAs(other);
    queues.ended(first);
    assertThat(queues.take(1)).isSameAs(second);
  }

  @Test
  void anOrderBetweenTwoTriesHoldsItsKey() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    queues.add(List.of(first, second));
    assertThat(queues.take(0)).isSameAs(first);
    queues.retryIsDue(first);
    assertThat(queues.take(1)).isSameAs(first);
    queues.ended(first);
    assertThat(queues.take(1)).isSameAs(second);
  }

  @Test
  void anOrderThatFailedGoesToAnotherChefWhileOneIsIdle() throws InterruptedException {
    // Given chef 1 waiting for work and an order that failed with chef 0
    CountDownLatch taken = new CountDownLatch(1);
    List<Integer> takers = Collections.synchronizedList(new ArrayList<>());
    OpenOrder failed = order("a");
    failed.lastChef = 0;
    Thread chef1 = taker(1, takers, taken);
    awaitWaiting(chef1);
    // When it is ready again and chef 0 asks first
    Thread chef0 = new Thread(() -> queues.take(0));
    queues.add(List.of(failed));
    chef0.start();
    // Then chef 1 gets it
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(takers).containsExactly(1);
    queues.close();
    chef0.join();
    chef1.join();
  }

  @Test
  void anOrderThatFailedGoesToTheSameChefWhenNoOtherIsIdle() {
    OpenOrder failed = order("a");
    failed.lastChef = 0;
    queues.add(List.of(failed));
    assertThat(queues.take(0)).isSameAs(failed);
  }

  @Test
  void ordersOfALeavingPartitionAreNeverBegunAndDoNotHoldTheirKey() {
    Assignment again = new Assignment(assignment.partition());
    OpenOrder running = order("a");
    OpenOrder stale = order("a");
    queues.add(List.of(running, stale));
    assertThat(queues.take(0)).isSameAs(running);
    // When the partition leaves and comes back while its first order is still being cooked
    queues.leave(List.of(assignment));
    OpenOrder fresh = order("a", again);
    OpenOrder other = order("b", again);
    queues.add(List.of(fresh, other));
    // Then the key's next order waits for that one, and what was not begun is skipped
    assertThat(queues.take(1)).isSameAs(other);
    queues.ended(running);
    assertThat(queues.take(1)).isSameAs(fresh);
  }

  @Test
  void takingCountsAsBusyAndAClosedQueueGivesNothing() {
    queues.add(List.of(order("a"), order("b")));
    queues.take(0);
    assertThat(assignment.busy()).isEqualTo(1);
    queues.close();
    assertThat(queues.take(0)).isNull();
  }

  @Test
  void manyChefsCookEveryOrderOnceAndEachKeyInOrder() throws InterruptedException {
    int chefs = 8;
    int orders = 40_000;
    Map<String, List<Long>> cooked = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> cooking = new ConcurrentHashMap<>();
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch left = new CountDownLatch(orders);
    List<Thread> crew =
        IntStream.range(0, chefs)
            .mapToObj(chef -> new Thread(() -> cook(chef, cooked, cooking, overlaps, left)))
            .toList();
    crew.forEach(Thread::start);
    Random random = new Random(3);
    Map<String, List<Long>> expected = new HashMap<>();
    for (int sent = 0; sent < orders; ) {
      List<OpenOrder> batch = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(300) && sent < orders; i++, sent++) {
        String key = "k" + random.nextInt(random.nextInt(5) == 0 ? 1_000 : 3);
        OpenOrder order = order(key);
        expected.computeIfAbsent(key, k -> new ArrayList<>()).add(order.record.offset());
        batch.add(order);
      }
      queues.add(batch);
    }
    assertThat(left.await(40, TimeUnit.SECONDS))
        .as("all cooked, %s left", left.getCount())
        .isTrue();
    queues.close();
    for (Thread chef : crew) {
      chef.join();
    }
    assertThat(overlaps).isEmpty();
    assertThat(cooked).isEqualTo(expected);
  }

  private void cook(
      int chef,
      Map<String, List<Long>> cooked,
      Map<String, AtomicInteger> cooking,
      List<String> overlaps,
      CountDownLatch left) {
    Random random = new Random(chef);
    OpenOrder order;
    while ((order = queues.take(chef)) != null) {
      String key = new String(order.record.key(), StandardCharsets.UTF_8);
      AtomicInteger now = cooking.computeIfAbsent(key, k -> new AtomicInteger());
      if (now.incrementAndGet() > 1) {
        overlaps.add(key);
      }
      if (random.nextInt(10) == 0) {
        order.lastChef = chef;
        now.decrementAndGet();
        queues.retryIsDue(order);
        continue;
      }
      cooked.computeIfAbsent(key, k -> new ArrayList<>()).add(order.record.offset());
      now.decrementAndGet();
      queues.ended(order);
      left.countDown();
    }
  }

  private Thread taker(int chef, List<Integer> takers, CountDownLatch taken) {
    Thread thread =
        new Thread(
            () -> {
              if (queues.take(chef) != null) {
                takers.add(chef);
                taken.countDown();
              }
            });
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private OpenOrder order(String key) {
    return order(key, assignment);
  }

  private OpenOrder order(String key, Assignment of) {
    return new OpenOrder(
        new ConsumerRecord<>(
            "orders",
            0,
            offset++,
            Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8),
            new byte[0]),
        of);
  }
}
