package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final KeyQueues queues = new KeyQueues(1);
  private final Turn chef = queues.newTurn(0);
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long nanos;
  private final RetryBudget budget = new RetryBudget(0, () -> nanos);
  private final Retries retries = new Retries(timer, queues, budget);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void anOrderComesBackAfterItsDelay() {
    OpenOrder order = taken(0);
    retries.retry(order, Duration.ofMillis(1));
    assertThat(take()).isSameAs(order);
    assertThat(retries.waitingOrders()).isZero();
  }

  @Test
  void retriesBeyondTheBudgetWaitForIt() {
    while (budget.take()) {
      nanos += 0;
    }
    List<OpenOrder> orders = IntStream.range(0, 3).mapToObj(this::taken).toList();
    orders.forEach(order -> retries.retry(order, Duration.ZERO));
    awaitTimer();
    retries.releaseWithinBudget();
    assertThat(retries.waitingOrders()).isEqualTo(3);
    // One token: the first that was due, and a postponed order needs none
    nanos += Duration.ofSeconds(1).toNanos() / RetryBudget.LEAST_PER_SECOND;
    retries.releaseWithinBudget();
    OpenOrder first = take();
    assertThat(orders).contains(first);
    assertThat(retries.waitingOrders()).isEqualTo(2);
    OpenOrder postponed = taken(3);
    retries.postpone(postponed, 0);
    assertThat(take()).isSameAs(postponed);
  }

  @Test
  void ordersOfPartitionsThatLeftAreLetGoWhateverTheyWaitFor() {
    while (budget.take()) {
      nanos += 0;
    }
    retries.retry(taken(0), LONG);
    retries.retry(taken(1), Duration.ZERO);
    retries.postpone(taken(2), LONG.toNanos());
    awaitTimer();
    queues.leave(List.of(assignment));
    retries.releaseUnlessHeld();
    assertThat(retries.waitingOrders()).isZero();
    // A key that was held by one of them is free
    Assignment again = new Assignment(assignment.partition());
    OpenOrder next = order(0, again);
    queues.add(List.of(next));
    assertThat(take()).isSameAs(next);
  }

  /** What was due when this is called has been looked at when it returns. */
  private void awaitTimer() {
    try {
      timer.submit(() -> {}).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private OpenOrder taken(int key) {
    OpenOrder order = order(key, assignment);
    queues.add(List.of(order));
    assertThat(take()).isSameAs(order);
    return order;
  }

  private OpenOrder take() {
    assertThat(queues.take(chef, List.of())).isTrue();
    return Objects.requireNonNull(chef.next());
  }

  private static OpenOrder order(int key, Assignment of) {
    return new OpenOrder(
        new ConsumerRecord<>(
            "orders", 0, key, ("k" + key).getBytes(StandardCharsets.UTF_8), new byte[0]),
        of,
        Ordering.KEY);
  }
}
