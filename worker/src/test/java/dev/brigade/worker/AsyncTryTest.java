package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AsyncTryTest {
  private static final CookResult RESULT = CookResult.cooked();

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
  void completionTimeoutAndCancellationRaceAndExactlyOneWins() throws Exception {
    int rounds = 20_000;
    Random random = new Random(11);
    List<AsyncTry> tries = new ArrayList<>();
    List<AsyncTry> judgedAtOnce = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CyclicBarrier start = new CyclicBarrier(4);
    for (int i = 0; i < rounds; i++) {
      tries.add(newTry());
    }
    // Given four threads that go through the same tries, each at a pace of its own
    List<Future<Object>> ends = new ArrayList<>();
    ends.add(threads.submit(racer(start, random.nextLong(), tries, judgedAtOnce, 0)));
    for (int how = 1; how < 4; how++) {
      ends.add(threads.submit(racer(start, random.nextLong(), tries, judgedAtOnce, how)));
    }
    for (Future<Object> end : ends) {
      end.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    // Then each is judged once: by its chef, or by whoever is told later
    List<AsyncTry> judged = new ArrayList<>(judgedAtOnce);
    judged.addAll(endedLater);
    assertThat(judged).hasSize(rounds).doesNotHaveDuplicates();
    // And has one end
    assertThat(tries)
        .allSatisfy(
            it ->
                assertThat(it.result() != null)
                    .isEqualTo(it.interruption() == Stove.Interruption.NONE));
    assertThat(tries).extracting(AsyncTry::interruption).contains(Stove.Interruption.values());
  }

  private static Callable<Object> racer(
      CyclicBarrier start, long seed, List<AsyncTry> tries, List<AsyncTry> judgedAtOnce, int how) {
    return () -> {
      Random random = new Random(seed);
      for (int i = 0; i < tries.size(); i++) {
        if (i % 16 == 0) {
          start.await(20, TimeUnit.SECONDS);
        }
        AsyncTry each = tries.get(i);
        for (int spins = random.nextInt(20); spins > 0; spins--) {
          Thread.onSpinWait();
        }
        switch (how) {
          case 0 -> {
            if (!each.leaveOpen()) {
              judgedAtOnce.add(each);
            }
          }
          case 1 -> each.completed(RESULT, null);
          case 2 -> each.interrupt(Stove.Interruption.TIMED_OUT);
          default -> each.interrupt(Stove.Interruption.CANCELLED);
        }
      }
      return start;
    };
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
