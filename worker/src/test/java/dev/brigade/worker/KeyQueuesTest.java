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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KeyQueuesTest {
  private static final int PROCESSORS = 2;

  private final KeyQueues queues = new KeyQueues(PROCESSORS);
  private final Turn chef0 = queues.newTurn(0);
  private final Turn chef1 = queues.newTurn(1);
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  @Test
  void theNextOrderOfAKeyWaitsUntilTheFirstEnded() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    OpenOrder other = order("b");
    queues.add(List.of(first, second, other));
    assertThat(take(chef0)).isSameAs(first);
    assertThat(take(chef1)).isSameAs(other);
    assertThat(take(chef0, first)).isSameAs(second);
  }

  @Test
  void anOrderBetweenTwoTriesHoldsItsKey() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    queues.add(List.of(first, second));
    assertThat(take(chef0)).isSameAs(first);
    queues.retryIsDue(first);
    assertThat(take(chef1)).isSameAs(first);
    queues.ended(List.of(first));
    assertThat(take(chef1)).isSameAs(second);
  }

  @Test
  void byPartitionOrdersOfDifferentKeysWaitForEachOther() {
    OpenOrder first = order("a", assignment, Ordering.PARTITION);
    OpenOrder second = order("b", assignment, Ordering.PARTITION);
    queues.add(List.of(first, second));
    assertThat(take(chef0)).isSameAs(first);
    queues.close();
    assertThat(queues.take(chef1, List.of())).isFalse();
  }

  @Test
  void withoutOrderingOrdersOfOneKeyDoNotWait() {
    OpenOrder first = order("a", assignment, Ordering.NONE);
    OpenOrder second = order("a", assignment, Ordering.NONE);
    queues.add(List.of(first, second));
    assertThat(take(chef0)).isSameAs(first);
    assertThat(take(chef1, first)).isSameAs(second);
  }

  @Test
  void anOrderThatFailedGoesToAnotherChefWhileOneIsIdle() throws InterruptedException {
    // Given chef 1 waiting for work and an order that failed with chef 0
    CountDownLatch taken = new CountDownLatch(1);
    OpenOrder failed = order("a");
    failed.lastChef = 0;
    Thread first =
        new Thread(
            () -> {
              if (queues.take(chef1, List.of())) {
                taken.countDown();
              }
            });
    first.start();
    awaitWaiting(first);
    // When it is ready again and chef 0 asks first
    Thread second = new Thread(() -> queues.take(chef0, List.of()));
    queues.add(List.of(failed));
    second.start();
    // Then chef 1 gets it
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(chef1.next()).isSameAs(failed);
    queues.close();
    first.join();
    second.join();
  }

  @Test
  void anOrderThatFailedGoesToTheSameChefWhenNoOtherIsIdle() {
    OpenOrder failed = order("a");
    failed.lastChef = 0;
    queues.add(List.of(failed));
    assertThat(take(chef0)).isSameAs(failed);
  }

  @Test
  void ordersOfALeavingPartitionAreNeverBegunAndDoNotHoldTheirKey() {
    Assignment again = new Assignment(assignment.partition());
    OpenOrder running = order("a");
    OpenOrder stale = order("a");
    queues.add(List.of(running, stale));
    assertThat(take(chef0)).isSameAs(running);
    // When the partition leaves and comes back while its first order is still being cooked
    queues.leave(List.of(assignment));
    OpenOrder fresh = order("a", again, Ordering.KEY);
    OpenOrder other = order("b", again, Ordering.KEY);
    queues.add(List.of(fresh, other));
    // Then the key's next order waits for that one, and what was not begun is skipped
    assertThat(take(chef1)).isSameAs(other);
    queues.ended(List.of(running));
    assertThat(take(chef1)).isSameAs(fresh);
  }

  @Test
  void takingCountsAsBusyAndAClosedQueueGivesNothing() {
    queues.add(List.of(order("a"), order("b")));
    take(chef0);
    assertThat(assignment.busy()).isEqualTo(1);
    queues.close();
    assertThat(queues.take(chef0, List.of())).isFalse();
  }

  @Test
  void nothingIsBegunUntilItMayBe() throws Exception {
    AtomicBoolean may = new AtomicBoolean();
    queues.beginOnlyWhile(may::get);
    OpenOrder first = order("a");
    queues.add(List.of(first));
    CompletableFuture<OpenOrder> taken = takeElsewhere(queues, chef0);
    queues.add(List.of(order("b")));
    assertThat(taken).isNotDone();
    may.set(true);
    queues.beginAgain();
    assertThat(taken.get(20, TimeUnit.SECONDS)).isSameAs(first);
  }

  @Test
  void anOpenTryIsJudgedAlthoughNothingMayBeBegun() {
    AtomicBoolean may = new AtomicBoolean(true);
    queues.beginOnlyWhile(may::get);
    queues.limit(10);
    OpenOrder open = order("a");
    queues.add(List.of(open, order("b")));
    assertThat(take(chef0)).isSameAs(open);
    chef0.leftOpen();
    may.set(false);
    queues.tryEnded(open);
    assertThat(take(chef0)).isSameAs(open);
  }

  @Test
  void slowOrdersAreTakenOneAtATimeAndQuickOnesTogether() {
    queues.add(distinct(200));
    assertThat(takeAll(chef0)).as("before anything is known").hasSize(1);
    becomeQuick(chef0);
    queues.add(distinct(200));
    assertThat(takeAll(chef0)).hasSize(Pace.LONGEST_TURN);
    chef0.cooked(50_000_000);
    assertThat(takeAll(chef0)).as("after a slow one").hasSizeGreaterThan(1);
    for (int i = 0; i < 20; i++) {
      chef0.cooked(1_000_000);
    }
    assertThat(takeAll(chef0)).as("after many slow ones").hasSize(1);
  }

  @Test
  void whatAChefHasTakenAndNotBegunGoesToOthersWhenItIsHeldUp() {
    becomeQuick(chef0);
    int before = assignment.busy();
    List<OpenOrder> orders = distinct(10);
    queues.add(orders);
    queues.take(chef0, List.of());
    OpenOrder slow = Objects.requireNonNull(chef0.next());
    List<OpenOrder> rest = chef0.takeRest();
    assertThat(chef0.next()).isNull();
    queues.relieve(1, rest);
    assertThat(assignment.busy() - before).as("only the slow one is in its hands").isEqualTo(1);
    List<OpenOrder> taken = new ArrayList<>();
    while (taken.size() < orders.size() - 1) {
      taken.addAll(takeAll(chef1));
    }
    assertThat(taken).doesNotContain(slow).containsAll(rest).isSubsetOf(orders);
    assertThat(taken.subList(0, rest.size())).as("in their place").isEqualTo(rest);
  }

  @Test
  void aQueueOfQuickOrdersWakesNoMoreChefsThanThereAreProcessors() throws InterruptedException {
    becomeQuick(chef0);
    List<Turn> turns = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    Map<Integer, Integer> taken = new ConcurrentHashMap<>();
    CountDownLatch hold = new CountDownLatch(1);
    for (int chef = 2; chef < 8; chef++) {
      Turn turn = queues.newTurn(chef);
      turns.add(turn);
      threads.add(
          new Thread(
              () -> {
                if (queues.take(turn, List.of())) {
                  taken.put(turn.chef, 1);
                  awaitQuietly(hold);
                }
              }));
    }
    // Of eight chefs two (0 and 1) are working, for they never asked.
    threads.forEach(Thread::start);
    threads.forEach(KeyQueuesTest::awaitWaiting);
    queues.add(distinct(1_000));
    assertThat(taken).isEmpty();
    // When chef 0 and 1 are held up, others take their place
    queues.relieve(2, List.of());
    while (taken.size() < PROCESSORS) {
      Thread.onSpinWait();
    }
    assertThat(threads.stream().filter(t -> t.getState() == Thread.State.WAITING))
        .as("two hold, the others are idle")
        .hasSizeGreaterThanOrEqualTo(4);
    queues.close();
    hold.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).hasSize(PROCESSORS);
  }

  @Test
  void aTryThatHasEndedComesBeforeOrdersAndKeepsItsKey() {
    queues.limit(10);
    OpenOrder open = order("a");
    queues.add(List.of(open, order("a"), order("b"), order("c")));
    assertThat(take(chef0)).isSameAs(open);
    chef0.leftOpen();
    OpenOrder other = take(chef0);
    chef0.leftOpen();
    assertThat(other.record.key()).asString(StandardCharsets.UTF_8).isEqualTo("b");
    queues.tryEnded(other);
    queues.tryEnded(open);
    assertThat(takeAll(chef1)).as("nothing else with them").containsExactly(other, open);
    assertThat(assignment.busy()).isEqualTo(2);
    assertThat(take(chef1, other)).as("the key of the other is held").isNotSameAs(open);
    queues.ended(List.of(open));
    assertThat(queues.ready()).as("the next of its key").isEqualTo(1);
  }

  @Test
  void aTurnHoldsSoManyEndedTriesAndTheOthersComeNext() {
    queues.limit(1_000);
    List<OpenOrder> orders = distinct(Pace.LONGEST_TURN + 1);
    queues.add(orders);
    for (OpenOrder order : orders) {
      assertThat(take(chef0)).isSameAs(order);
      chef0.leftOpen();
    }
    orders.forEach(queues::tryEnded);
    assertThat(takeAll(chef0)).isEqualTo(orders.subList(0, Pace.LONGEST_TURN));
    assertThat(takeAll(chef0)).containsExactly(orders.get(Pace.LONGEST_TURN));
  }

  @Test
  void openTriesAndWorkingChefsTakeNoMoreThanThereArePlaces() throws Exception {
    // Given 3 places and 2 chefs, of whom one has left two tries open
    queues.limit(3);
    becomeQuick(chef0);
    List<OpenOrder> orders = distinct(5);
    queues.add(orders);
    assertThat(takeAll(chef0)).as("quick, and yet one").hasSize(1);
    chef0.leftOpen();
    assertThat(takeAll(chef0)).hasSize(1);
    chef0.leftOpen();
    // When it asks again there is no place, for the other works, too
    CompletableFuture<OpenOrder> more = takeElsewhere(queues, chef0);
    assertThat(more).isNotDone();
    queues.add(distinct(1));
    assertThat(more).as("nor for another order").isNotDone();
    // Then it gets what has ended
    queues.tryEnded(orders.get(0));
    assertThat(more.get(20, TimeUnit.SECONDS)).isSameAs(orders.get(0));
    // And next to that an order
    assertThat(take(chef0, orders.get(0))).isSameAs(orders.get(2));
  }

  @Test
  void aClosedQueueGivesOutEndedTriesAndLetsChefsGoAfterTheLast() throws Exception {
    queues.limit(10);
    OpenOrder open = order("a");
    queues.add(List.of(open, order("b")));
    assertThat(take(chef0)).isSameAs(open);
    chef0.leftOpen();
    CompletableFuture<OpenOrder> last = takeElsewhere(queues, chef1);
    assertThat(last.get(20, TimeUnit.SECONDS)).isNotNull();
    chef1.leftOpen();
    // Given both tries open and both chefs waiting when it is closed
    queues.close();
    CompletableFuture<Boolean> first = asks(chef0);
    CompletableFuture<Boolean> second = asks(chef1);
    assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
    queues.tryEnded(open);
    CompletableFuture.anyOf(first, second).get(20, TimeUnit.SECONDS);
    assertThat(List.of(first, second)).filteredOn(CompletableFuture::isDone).hasSize(1);
    // When one of them has judged the one, and the other the other
    Turn judge = first.isDone() ? chef0 : chef1;
    queues.tryEnded(last.get());
    CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);
    assertThat(asks(judge).get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void anEndedTryIsTakenOverFromAChefWhoIsHeldUp() {
    queues.limit(10);
    List<OpenOrder> orders = distinct(2);
    queues.add(orders);
    for (OpenOrder order : orders) {
      assertThat(take(chef0)).isSameAs(order);
      chef0.leftOpen();
    }
    for (OpenOrder order : orders) {
      order.endedTry =
          new AsyncTry(
              order,
              new GuardedRecipe(new PendingRecipe(), null, null, state -> {}),
              0,
              new CompletableFuture<>(),
              ended -> {});
      queues.tryEnded(order);
    }
    assertThat(take(chef0)).isSameAs(orders.get(0));
    List<OpenOrder> rest = chef0.takeRest();
    assertThat(rest).containsExactly(orders.get(1));
    queues.relieve(1, rest);
    assertThat(assignment.busy()).as("both in hand").isEqualTo(2);
    assertThat(takeAll(chef1)).containsExactly(orders.get(1));
  }

  @Test
  void aWaitingChefIsCalledForWhateverBecomesReady() throws Exception {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    OpenOrder third = order("b");
    CompletableFuture<OpenOrder> taken = takeElsewhere(queues, chef1);
    queues.add(List.of(first, second));
    assertThat(taken.get(20, TimeUnit.SECONDS)).as("for a new order").isSameAs(first);
    taken = takeElsewhere(queues, chef1);
    queues.ended(List.of(first));
    assertThat(taken.get(20, TimeUnit.SECONDS)).as("for the next of its key").isSameAs(second);
    taken = takeElsewhere(queues, chef1);
    queues.retryIsDue(second);
    assertThat(taken.get(20, TimeUnit.SECONDS)).as("for another try").isSameAs(second);
    taken = takeElsewhere(queues, chef1);
    queues.add(List.of(third));
    assertThat(taken.get(20, TimeUnit.SECONDS)).as("again and again").isSameAs(third);
  }

  @Test
  void aChefWhoIsCalledCallsTheNext() throws Exception {
    KeyQueues oneAtATime = new KeyQueues(1);
    CompletableFuture<OpenOrder> one = takeElsewhere(oneAtATime, oneAtATime.newTurn(0));
    CompletableFuture<OpenOrder> other = takeElsewhere(oneAtATime, oneAtATime.newTurn(1));
    List<OpenOrder> orders = distinct(2);
    oneAtATime.add(orders);
    assertThat(List.of(one.get(20, TimeUnit.SECONDS), other.get(20, TimeUnit.SECONDS)))
        .containsExactlyInAnyOrderElementsOf(orders);
  }

  @Test
  void readyOrdersAndOpenKeysAreCounted() {
    OpenOrder first = order("a");
    queues.add(List.of(first, order("a"), order("b")));
    assertThat(queues.ready()).isEqualTo(2);
    assertThat(queues.keys()).isEqualTo(2);
    take(chef0);
    assertThat(queues.ready()).isEqualTo(1);
    queues.ended(List.of(first));
    assertThat(queues.ready()).as("the next of its key").isEqualTo(2);
    take(chef0);
    OpenOrder last = take(chef0);
    queues.ended(List.of(last));
    assertThat(queues.keys()).isEqualTo(1);
  }

  @Test
  void countsCanBeReadByOthersWhileChefsWork() throws Exception {
    queues.add(distinct(3));
    assertThat(queues.ready() + queues.keys()).isEqualTo(6);
    queues.leave(List.of(new Assignment(new TopicPartition("orders", 1))));
    assertThat(takeElsewhere(queues, chef1).get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void manyChefsCookEveryOrderOnceAndEachKeyInOrder() throws InterruptedException {
    int chefs = 8;
    int orders = 40_000;
    Map<String, List<Long>> cooked = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> cooking = new ConcurrentHashMap<>();
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch left = new CountDownLatch(orders);
    KeyQueues shared = new KeyQueues(PROCESSORS);
    List<Turn> turns = IntStream.range(0, chefs).mapToObj(shared::newTurn).toList();
    List<Thread> crew =
        turns.stream()
            .map(turn -> new Thread(() -> cook(shared, turn, cooked, cooking, overlaps, left)))
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
      shared.add(batch);
      // As the worker's timer does: others take over whatever is in a chef's hands.
      Turn relieved = turns.get(random.nextInt(chefs));
      List<OpenOrder> rest = relieved.takeRest();
      shared.ended(relieved.takeEndedAway());
      shared.relieve(random.nextInt(3), rest);
    }
    while (!left.await(10, TimeUnit.MILLISECONDS)) {
      shared.relieve(0, List.of());
    }
    shared.close();
    for (Thread chef : crew) {
      chef.join();
    }
    assertThat(overlaps).isEmpty();
    assertThat(cooked).isEqualTo(expected);
  }

  private void cook(
      KeyQueues shared,
      Turn turn,
      Map<String, List<Long>> cooked,
      Map<String, AtomicInteger> cooking,
      List<String> overlaps,
      CountDownLatch left) {
    Random random = new Random(turn.chef);
    List<OpenOrder> ended = turn.takeEnded();
    while (shared.take(turn, ended)) {
      ended.clear();
      OpenOrder order;
      while ((order = turn.next()) != null) {
        String key = new String(order.record.key(), StandardCharsets.UTF_8);
        AtomicInteger now = cooking.computeIfAbsent(key, k -> new AtomicInteger());
        if (now.incrementAndGet() > 1) {
          overlaps.add(key);
        }
        turn.cooked(random.nextInt(20_000));
        if (random.nextInt(10) == 0) {
          order.lastChef = turn.chef;
          now.decrementAndGet();
          shared.retryIsDue(order);
          continue;
        }
        cooked.computeIfAbsent(key, k -> new ArrayList<>()).add(order.record.offset());
        now.decrementAndGet();
        turn.ended(order);
        left.countDown();
      }
      ended = turn.takeEnded();
    }
  }

  private static OpenOrder takeOne(KeyQueues queues, Turn turn, List<OpenOrder> ended) {
    assertThat(queues.take(turn, ended)).isTrue();
    return Objects.requireNonNull(turn.next());
  }

  private OpenOrder take(Turn turn, OpenOrder... ended) {
    return takeOne(queues, turn, List.of(ended));
  }

  private List<OpenOrder> takeAll(Turn turn) {
    List<OpenOrder> all = new ArrayList<>();
    assertThat(queues.take(turn, List.of())).isTrue();
    OpenOrder order;
    while ((order = turn.next()) != null) {
      all.add(order);
    }
    return all;
  }

  /** What another thread is told that asks for a turn; it waits there if it has to. */
  private CompletableFuture<Boolean> asks(Turn turn) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    Thread chef = new Thread(() -> told.complete(queues.take(turn, List.of())));
    chef.setDaemon(true);
    chef.start();
    while (!told.isDone() && chef.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return told;
  }

  /** The first order of a turn that another thread takes; it waits there if it has to. */
  private static CompletableFuture<OpenOrder> takeElsewhere(KeyQueues from, Turn turn) {
    CompletableFuture<OpenOrder> taken = new CompletableFuture<>();
    Thread chef =
        new Thread(
            () -> {
              from.take(turn, List.of());
              taken.complete(turn.next());
            });
    chef.setDaemon(true);
    chef.start();
    while (!taken.isDone() && chef.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return taken;
  }

  /** As after thousands of orders that cost nothing. */
  private void becomeQuick(Turn turn) {
    for (int i = 0; i < 5_000; i++) {
      turn.cooked(0);
    }
    queues.add(distinct(1));
    takeAll(turn);
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 64; j++) {
        turn.cooked(0);
      }
      queues.add(distinct(1));
      takeAll(turn);
    }
  }

  private List<OpenOrder> distinct(int count) {
    return IntStream.range(0, count).mapToObj(i -> order("distinct-" + offset)).toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private OpenOrder order(String key) {
    return order(key, assignment, Ordering.KEY);
  }

  private OpenOrder order(String key, Assignment of, Ordering ordering) {
    return new OpenOrder(
        new ConsumerRecord<>(
            "orders",
            0,
            offset++,
            Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8),
            new byte[0]),
        of,
        ordering);
  }
}
