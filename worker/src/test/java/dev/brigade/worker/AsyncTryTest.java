package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AsyncTryTest {
  private static final CookResult RESULT = CookResult.cooked();

  private static final int ROUNDS = 20_000;

  private final List<AsyncTry> endedLater = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatEndsItFirstCountsAndWhatComesLaterIsIgnored() {
    AsyncTry completed = newTry();
    assertThat(completed.leaveOpen()).isTrue();
    completed.completed(RESULT, null);
    completed.completed(CookResult.retry("twice"), null);
    completed.completed(null, new IllegalStateException("thrice"));
    completed.interrupt(Stove.Interruption.TIMED_OUT);
    assertThat(completed.result()).isSameAs(RESULT);
    assertThat(completed.failure()).isNull();
    assertThat(completed.interruption()).isEqualTo(Stove.Interruption.NONE);
    AsyncTry interrupted = newTry();
    assertThat(interrupted.leaveOpen()).isTrue();
    interrupted.interrupt(Stove.Interruption.CANCELLED);
    interrupted.interrupt(Stove.Interruption.TIMED_OUT);
    interrupted.completed(RESULT, null);
    assertThat(interrupted.result()).isNull();
    assertThat(interrupted.interruption()).isEqualTo(Stove.Interruption.CANCELLED);
    assertThat(endedLater).containsExactly(completed, interrupted);
  }

  @Test
  void oneThatEndsBeforeItIsLeftOpenIsItsChefs() {
    AsyncTry ended = newTry();
    ended.completed(RESULT, null);
    assertThat(ended.leaveOpen()).isFalse();
    ended.interrupt(Stove.Interruption.TIMED_OUT);
    assertThat(ended.result()).isSameAs(RESULT);
    assertThat(endedLater).isEmpty();
  }

  @Test
  void aFailureIsWhatTheRecipeThrewNotWhatWrapsIt() {
    Exception thrown = new IllegalStateException("burnt");
    AsyncTry failed = newTry();
    failed.completed(null, new CompletionException(new CompletionException(thrown)));
    assertThat(failed.failure()).isSameAs(thrown);
    AsyncTry bare = newTry();
    Exception empty = new CompletionException("only this", null);
    bare.completed(null, empty);
    assertThat(bare.failure()).isSameAs(empty);
  }

  @Test
  void completionTimeoutCancellationAndItsChefRaceAndExactlyOneWins() throws Exception {
    // Given tries, and for each two at random of those who may end it or leave it open
    Random random = new Random(11);
    List<AsyncTry> tries = new ArrayList<>();
    List<List<Consumer<AsyncTry>>> steps = new ArrayList<>();
    List<AsyncTry> judgedAtOnce = Collections.synchronizedList(new ArrayList<>());
    List<Consumer<AsyncTry>> all =
        List.of(
            each -> {
              if (!each.leaveOpen()) {
                judgedAtOnce.add(each);
              }
            },
            each -> each.completed(RESULT, null),
            each -> each.interrupt(Stove.Interruption.TIMED_OUT),
            each -> each.interrupt(Stove.Interruption.CANCELLED));
    for (int i = 0; i < ROUNDS; i++) {
      tries.add(newTry());
      List<Consumer<AsyncTry>> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      steps.add(shuffled);
    }
    // When these two act at the same time, and the others after them
    AtomicInteger arrived = new AtomicInteger();
    CompletableFuture<Void> first = race(tries, steps, 0, arrived);
    CompletableFuture<Void> second = race(tries, steps, 1, arrived);
    CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
    for (int i = 0; i < ROUNDS; i++) {
      steps.get(i).get(2).accept(tries.get(i));
      steps.get(i).get(3).accept(tries.get(i));
    }
    // Then each is judged once: by its chef, or by whoever is told later
    List<AsyncTry> judged = new ArrayList<>(judgedAtOnce);
    judged.addAll(endedLater);
    assertThat(judged).hasSize(ROUNDS).doesNotHaveDuplicates();
    // And has one end
    assertThat(tries)
        .allMatch(it -> (it.result() != null) == (it.interruption() == Stove.Interruption.NONE));
    assertThat(tries).extracting(AsyncTry::interruption).contains(Stove.Interruption.values());
  }

  private static CompletableFuture<Void> race(
      List<AsyncTry> tries, List<List<Consumer<AsyncTry>>> steps, int step, AtomicInteger arrived) {
    return CompletableFuture.runAsync(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            arrived.incrementAndGet();
            while (arrived.get() < 2 * (i + 1)) {
              Thread.onSpinWait();
            }
            steps.get(i).get(step).accept(tries.get(i));
          }
        },
        task -> new Thread(task, "racer").start());
  }

  private AsyncTry newTry() {
    GuardedRecipe recipe = new GuardedRecipe(new PendingRecipe(), null, null, state -> {});
    OpenOrder order =
        new OpenOrder(
            new ConsumerRecord<>("test.orders", 0, 0, new byte[0], new byte[0]),
            TestCrew.assignment(),
            Ordering.KEY);
    return new AsyncTry(
        order, recipe, System.nanoTime(), new CompletableFuture<>(), endedLater::add);
  }
}
