package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which chefs {@link KeyQueues} wakes, and how many at the same time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyQueuesCallsTest {
  private static final int PROCESSORS = 2;

  private final KeyQueues queues = new KeyQueues(PROCESSORS);
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  /** The thread of each call, in order. */
  private final List<Thread> callers = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void letChefsGo() {
    queues.close();
  }

  @Test
  void asManyAreCalledAsThereAreOrdersTheLastToGoIdleFirst() {
    CompletableFuture<OpenOrder> early = idle(turn(0));
    CompletableFuture<OpenOrder> late = idle(turn(1));
    List<OpenOrder> orders = orders(1);
    queues.add(orders);
    assertThat(taken(late)).isSameAs(orders.get(0));
    assertThat(callers).hasSize(1);
    assertThat(early).isNotDone();
  }

  @Test
  void asManyAreCalledAtOnceAsThereAreProcessorsAndTheyCallTheOthers() {
    List<CompletableFuture<OpenOrder>> idle =
        IntStream.range(0, 5).mapToObj(chef -> idle(turn(chef))).toList();
    List<OpenOrder> orders = orders(5);
    queues.add(orders);
    assertThat(idle.stream().map(KeyQueuesCallsTest::taken))
        .containsExactlyInAnyOrderElementsOf(orders);
    assertThat(callers).hasSize(5);
    assertThat(callers.stream().filter(Thread.currentThread()::equals)).hasSize(PROCESSORS);
  }

  @Test
  void nobodyIsCalledForNothing() {
    CompletableFuture<OpenOrder> idle = idle(turn(0));
    queues.add(List.of());
    queues.ended(List.of());
    queues.relieve(0, List.of());
    assertThat(callers).isEmpty();
    assertThat(idle).isNotDone();
  }

  @Test
  void nobodyIsCalledForAnOrderThatHasNoPlace() {
    queues.limit(1);
    Turn working = turn(0);
    queues.add(orders(1));
    assertThat(queues.take(working, List.of())).isTrue();
    CompletableFuture<OpenOrder> idle = idle(turn(1));
    queues.add(orders(1));
    assertThat(callers).isEmpty();
    assertThat(idle).isNotDone();
  }

  @Test
  void whenOrdersAreQuickWhoComesBackBeyondTheProcessorsGoesIdle() {
    // Given three chefs, all at work
    Turn first = turn(0);
    becomeQuick(first);
    Turn second = turn(1);
    Turn third = turn(2);
    queues.add(orders(10));
    // When one asks for more
    CompletableFuture<OpenOrder> beyond = idle(third);
    // Then it waits, though orders are ready, and the two others are not kept from them
    assertThat(queues.ready()).isEqualTo(10);
    assertThat(queues.take(first, List.of())).isTrue();
    assertThat(queues.take(second, List.of())).isTrue();
    queues.add(orders(10));
    assertThat(callers).isEmpty();
    assertThat(beyond).isNotDone();
    // And it is called when one of those is stuck
    queues.relieve(1, List.of());
    assertThat(taken(beyond)).isNotNull();
    assertThat(callers).hasSize(1);
  }

  @Test
  void anOrderIsPassedOnToAnIdleChefByTheOneWithWhomItFailed() {
    // Given an idle chef, for whom there is nothing until the first order of the key ends
    Turn failing = turn(0);
    OpenOrder first = order("a");
    OpenOrder failed = order("a");
    failed.lastChef = failing.chef;
    queues.add(List.of(first, failed));
    assertThat(queues.take(failing, List.of())).isTrue();
    CompletableFuture<OpenOrder> other = idle(turn(1));
    // When the chef with whom the second failed ends the first
    CompletableFuture<OpenOrder> same = idle(failing, first);
    // Then the other gets it
    assertThat(taken(other)).isSameAs(failed);
    assertThat(callers).hasSize(1);
    assertThat(same).isNotDone();
    assertThat(assignment.busy()).as("taken once each").isEqualTo(2);
  }

  /** A turn of one more chef, whose calls are noted. */
  private Turn turn(int chef) {
    Condition called = queues.newTurn(chef).called;
    Object noting =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Condition.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("signal")) {
                callers.add(Thread.currentThread());
              }
              return method.invoke(called, arguments);
            });
    return new Turn(chef, (Condition) noting);
  }

  /** What a chef for whom nothing is to be done yet takes later, on a thread of its own. */
  private CompletableFuture<OpenOrder> idle(Turn turn, OpenOrder... ended) {
    CompletableFuture<OpenOrder> taken = new CompletableFuture<>();
    Thread chef =
        new Thread(
            () -> {
              if (queues.take(turn, List.of(ended))) {
                taken.complete(turn.next());
              }
            });
    chef.setDaemon(true);
    chef.start();
    while (chef.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return taken;
  }

  private static OpenOrder taken(CompletableFuture<OpenOrder> by) {
    return by.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** One order takes nothing, and so do many before it. */
  private void becomeQuick(Turn turn) {
    for (int i = 0; i < 256; i++) {
      turn.cooked(0);
    }
    queues.add(orders(1));
    assertThat(queues.take(turn, List.of())).isTrue();
  }

  private List<OpenOrder> orders(int count) {
    return IntStream.range(0, count).mapToObj(i -> order("key-" + offset)).toList();
  }

  private OpenOrder order(String key) {
    return TestOrders.open(assignment, offset++, key, Ordering.KEY);
  }
}
