package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders cooked by recipes that go on without their chef, from the queue to their ends. */
@Timeout(120)
class AsyncCookingTest {
  private static final WorkerOptions OPTIONS = TestOptions.of("w").chefs(4).maxAttempts(2).build();
  private static final WorkerOptions IMPATIENT =
      TestOptions.of("w").chefs(4).maxAttempts(2).cookTimeout(Duration.ofMillis(1)).build();

  private final PendingRecipe pending = new PendingRecipe();
  private final Assignment assignment = TestCrew.assignment();

  /** What a try may become. */
  private enum Outcome {
    COOKED,
    RETRY,
    REJECTED,
    NULL,
    EXCEPTION,
    ERROR;

    CookResult get() {
      return switch (this) {
        case COOKED -> CookResult.cooked(IntNode.valueOf(7));
        case RETRY -> CookResult.retry("underdone", Duration.ZERO);
        case REJECTED -> CookResult.rejected("no oven");
        case NULL -> nothing();
        case EXCEPTION -> throw new IllegalStateException("burnt");
        case ERROR -> throw new StackOverflowError("too deep");
      };
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as recipes may, too
    private static <T> T nothing() {
      return null;
    }
  }

  /** Ways for a recipe to tell. */
  private enum Way {
    AT_ONCE {
      @Override
      AsyncRecipe telling(Outcome outcome) {
        return (order, context) ->
            outcome == Outcome.NULL
                ? Outcome.nothing()
                : CompletableFuture.completedStage(outcome.get());
      }
    },
    BEFORE_IT_RETURNS {
      @Override
      AsyncRecipe telling(Outcome outcome) {
        return (order, context) -> CompletableFuture.supplyAsync(outcome::get, Runnable::run);
      }
    },
    ON_ANOTHER_THREAD {
      @Override
      AsyncRecipe telling(Outcome outcome) {
        return (order, context) -> CompletableFuture.supplyAsync(outcome::get);
      }
    },
    THROUGH_OTHER_STAGES {
      @Override
      AsyncRecipe telling(Outcome outcome) {
        return (order, context) ->
            CompletableFuture.runAsync(() -> {})
                .thenCompose(nothing -> CompletableFuture.supplyAsync(outcome::get))
                .minimalCompletionStage();
      }
    };

    abstract AsyncRecipe telling(Outcome outcome);
  }

  static Stream<Arguments> waysAndOutcomes() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Outcome.values()).map(outcome -> Arguments.of(way, outcome)));
  }

  @ParameterizedTest
  @MethodSource("waysAndOutcomes")
  void aTryBecomesWhatItBecomesByABlockingRecipe(Way way, Outcome outcome) {
    Recipe blocking = (order, context) -> outcome.get();
    assertThat(whatIsToldOf(way.telling(outcome))).isEqualTo(whatIsToldOf(blocking));
  }

  private List<String> whatIsToldOf(AnyRecipe recipe) {
    TestCrew crew = new TestCrew(OPTIONS, Map.of(Recipes.ANY_DISH, recipe));
    try (crew) {
      crew.add(assignment, "soup", "a");
      crew.awaitEnds(1);
    }
    List<String> told = new ArrayList<>(crew.told);
    told.addAll(crew.activities());
    told.add("tries that failed: " + crew.failedTries);
    crew.meals().forEach(meal -> told.add(meal.result() + " after " + meal.attempts()));
    crew.deadLetters()
        .forEach(it -> told.add(it.reason() + " " + it.error() + " after " + it.attempts()));
    return told;
  }

  @Test
  void theNextOrderOfAKeyWaitsForThatBeforeItAndItsRetries() {
    try (TestCrew crew = TestCrew.of(OPTIONS, pending)) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "b");
      crew.await("first tries", () -> pending.hasBegun("a-0/1", "b-2/1"));
      // When the first one fails and then succeeds
      pending.complete("a-0/1", CookResult.retry("underdone", Duration.ZERO));
      crew.await("second try", () -> pending.hasBegun("a-0/2"));
      assertThat(pending.begun).doesNotContain("a-1/1");
      pending.complete("a-0/2", CookResult.cooked());
      // Then the next one is begun, and their meals come in this order
      crew.await("next order", () -> pending.hasBegun("a-1/1"));
      pending.complete("a-1/1", CookResult.cooked());
      crew.awaitEnds(2);
      assertThat(crew.meals()).extracting(Meal::orderId).containsExactly("a-0", "a-1");
      assertThat(crew.meals()).extracting(Meal::attempts).containsExactly(2, 1);
    }
  }

  @Test
  void asManyOrdersAreOpenAsThereAreChefsOnFewThreads() {
    int chefs = 300;
    try (TestCrew crew = TestCrew.of(TestOptions.of("w").chefs(chefs).build(), pending)) {
      for (int i = 0; i < 2 * chefs; i++) {
        crew.add(assignment, "soup", "k" + i);
      }
      // When none of them ends
      crew.await("open orders", () -> pending.begun.size() >= chefs);
      crew.awaitIdleChefs();
      // Then no more are begun
      assertThat(pending.begun).hasSize(chefs);
      assertThat(crew.queues.ready()).isEqualTo(chefs);
      assertThat(crew.crew.busy()).isEqualTo(chefs);
      assertThat(crew.crew.chefs()).isEqualTo(chefs);
      assertThat(crew.threads()).isEqualTo(2 * Runtime.getRuntime().availableProcessors());
      // And when some end, so many more are
      for (int i = 0; i < 10; i++) {
        pending.complete("k" + i + "-" + i + "/1", CookResult.cooked());
      }
      crew.await("more orders", () -> pending.begun.size() >= chefs + 10);
      crew.awaitIdleChefs();
      assertThat(pending.begun).hasSize(chefs + 10);
      crew.awaitEnds(10);
    }
  }

  @Test
  void oneChefHasOneOrderOpen() {
    try (TestCrew crew = TestCrew.of(TestOptions.of("w").chefs(1).build(), pending)) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "b");
      crew.await("first order", () -> pending.hasBegun("a-0/1"));
      crew.awaitIdleChefs();
      assertThat(pending.begun).containsExactly("a-0/1");
      pending.complete("a-0/1", CookResult.cooked());
      crew.await("second order", () -> pending.hasBegun("b-1/1"));
      assertThat(crew.threads()).isEqualTo(1);
    }
  }

  @Test
  void blockingAndAsynchronousOrdersShareTheChefs() {
    CountDownLatch done = new CountDownLatch(1);
    List<String> steaks = Collections.synchronizedList(new ArrayList<>());
    Recipe blocking =
        (order, context) -> {
          steaks.add(order.id());
          done.await();
          return CookResult.cooked();
        };
    try (TestCrew crew = new TestCrew(OPTIONS, Map.of("soup", pending, "steak", blocking))) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "b");
      crew.add(assignment, "steak", "c");
      crew.add(assignment, "steak", "d");
      crew.add(assignment, "soup", "e");
      crew.add(assignment, "steak", "f");
      crew.await("four orders", () -> pending.begun.size() + steaks.size() == 4);
      crew.awaitIdleChefs();
      assertThat(pending.begun).containsExactlyInAnyOrder("a-0/1", "b-1/1");
      assertThat(steaks).containsExactlyInAnyOrder("c-2", "d-3");
      assertThat(crew.crew.busy()).isEqualTo(4);
      assertThat(crew.threads()).isEqualTo(4);
      // When an asynchronous one ends, its meal goes out and the next order takes its place
      pending.complete("a-0/1", CookResult.cooked());
      crew.await("the next order", () -> pending.hasBegun("e-4/1"));
      crew.awaitEnds(1);
      assertThat(steaks).hasSize(2);
      done.countDown();
      crew.awaitEnds(4);
      assertThat(steaks).contains("f-5");
    }
  }

  @Test
  void aStageThatTakesTooLongIsCancelledAndItsTryHasFailed() {
    try (TestCrew crew = TestCrew.of(IMPATIENT, pending)) {
      crew.add(assignment, "soup", "a");
      crew.awaitLooking("two timeouts", () -> crew.deadLetters().size() == 1);
      assertThat(pending.stage("a-0/1")).isCancelled();
      assertThat(pending.stage("a-0/2")).isCancelled();
      DeadLetter letter = crew.deadLetters().get(0);
      assertThat(letter.reason()).isEqualTo(DeadLetterReason.TIMED_OUT);
      assertThat(letter.error()).isEqualTo("took longer than PT0.001S");
      assertThat(letter.attempts()).isEqualTo(2);
      assertThat(crew.told).containsExactly("failed TIMED_OUT", "failed TIMED_OUT");
      assertThat(crew.crew.busy()).isZero();
    }
  }

  @Test
  void whatATryCompletesWithAfterItsTimeoutIsNotTheNextTrysResult() {
    // Given stages that nobody can cancel
    PendingRecipe stubborn = new PendingRecipe(Uncancellable::new);
    try (TestCrew crew = TestCrew.of(IMPATIENT, stubborn)) {
      crew.add(assignment, "soup", "a");
      crew.await("the first try", () -> stubborn.hasBegun("a-0/1"));
      crew.awaitIdleChefs();
      awaitOverdue();
      crew.crew.look();
      crew.await("the second try", () -> stubborn.hasBegun("a-0/2"));
      // When the first completes after all, and then the second
      stubborn.complete("a-0/1", CookResult.cooked(TextNode.valueOf("late")));
      crew.awaitIdleChefs();
      assertThat(crew.ends()).isEmpty();
      stubborn.complete("a-0/2", CookResult.cooked(TextNode.valueOf("second")));
      crew.awaitEnds(1);
      // Then only that counts
      assertThat(crew.meals()).extracting(Meal::result).containsExactly(TextNode.valueOf("second"));
      assertThat(crew.told).containsExactly("failed TIMED_OUT", "cooked");
    }
  }

  @Test
  void whatHasCompletedInTimeIsNotOverdueLater() {
    try (TestCrew crew = TestCrew.of(IMPATIENT, pending)) {
      crew.add(assignment, "soup", "a");
      crew.await("the try", () -> pending.hasBegun("a-0/1") && crew.crew.busy() == 1);
      pending.complete("a-0/1", CookResult.cooked());
      crew.awaitLooking("the meal", () -> crew.ends().size() == 1);
      assertThat(crew.told).containsExactly("cooked");
      assertThat(crew.meals()).hasSize(1);
    }
  }

  @Test
  void aRecipeThatKeepsItsChefTooLongIsInterruptedAndItsStageCancelled() {
    CompletableFuture<CookResult> late = new CompletableFuture<>();
    CountDownLatch never = new CountDownLatch(1);
    AsyncRecipe slow =
        (order, context) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            if (context.attempt() == 1) {
              throw e;
            }
          }
          return late;
        };
    try (TestCrew crew = TestCrew.of(IMPATIENT, slow)) {
      crew.add(assignment, "soup", "a");
      crew.awaitLooking("two timeouts", () -> crew.deadLetters().size() == 1);
      assertThat(crew.told).containsExactly("failed TIMED_OUT", "failed TIMED_OUT");
      assertThat(late).isCancelled();
    }
  }

  @Test
  void ordersOfAPartitionThatLeavesAreCancelledAndDroppedAndOthersStay() {
    Assignment staying = new Assignment(new TopicPartition("test.orders", 1));
    try (TestCrew crew = TestCrew.of(OPTIONS, pending)) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "a");
      crew.add(staying, "soup", "b");
      crew.await("two orders", () -> pending.hasBegun("a-0/1", "b-2/1"));
      crew.await("both open", () -> crew.crew.busy() == 2);
      // When its partition leaves and waiting for it is over
      crew.queues.leave(List.of(assignment));
      assertThat(assignment.busy()).as("may still end").isEqualTo(1);
      crew.crew.cancelUnlessHeld();
      // Then its order is out of our hands without an end
      crew.await("nothing in hand", () -> assignment.busy() == 0);
      assertThat(pending.stage("a-0/1")).isCancelled();
      assertThat(pending.stage("b-2/1")).isNotDone();
      assertThat(crew.ends()).isEmpty();
      assertThat(crew.told).isEmpty();
      // And its key is free
      crew.add(TestCrew.assignment(), "soup", "a");
      crew.await("the key's next", () -> pending.hasBegun("a-3/1"));
      assertThat(pending.begun).doesNotContain("a-1/1");
      pending.complete("b-2/1", CookResult.cooked());
      crew.awaitEnds(1);
      assertThat(crew.meals()).extracting(Meal::orderId).containsExactly("b-2");
    }
  }

  @Test
  void aStageThatARecipeReturnsAlthoughItWasInterruptedIsCancelled() {
    CompletableFuture<CookResult> late = new CompletableFuture<>();
    CountDownLatch cooking = new CountDownLatch(1);
    AsyncRecipe slow =
        (order, context) -> {
          cooking.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
          }
          return late;
        };
    try (TestCrew crew = TestCrew.of(OPTIONS, slow)) {
      crew.add(assignment, "soup", "a");
      crew.await("the try", () -> cooking.getCount() == 0);
      crew.queues.leave(List.of(assignment));
      crew.crew.cancelUnlessHeld();
      crew.await("nothing in hand", () -> assignment.busy() == 0);
      assertThat(late).isCancelled();
      assertThat(crew.ends()).isEmpty();
    }
  }

  @Test
  void anOrderOfALeavingPartitionThatEndsInTimeHasItsMeal() {
    try (TestCrew crew = TestCrew.of(OPTIONS, pending)) {
      crew.add(assignment, "soup", "a");
      crew.await("the order", () -> pending.hasBegun("a-0/1"));
      crew.queues.leave(List.of(assignment));
      pending.complete("a-0/1", CookResult.cooked());
      crew.awaitEnds(1);
      assertThat(crew.meals()).hasSize(1);
    }
  }

  @Test
  void aDrainWaitsForOpenOrdersAndBeginsNone() {
    try (TestCrew crew = TestCrew.of(OPTIONS, pending)) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "b");
      crew.await("two orders", () -> pending.hasBegun("a-0/1", "b-1/1"));
      crew.queues.close();
      crew.add(assignment, "soup", "c");
      pending.complete("a-0/1", CookResult.cooked());
      crew.awaitEnds(1);
      pending.complete("b-1/1", CookResult.cooked());
      crew.awaitEnds(2);
      crew.awaitEndOfChefs();
      crew.await("nothing in hand", () -> assignment.busy() == 0);
      assertThat(pending.begun).hasSize(2);
    }
  }

  @Test
  void aStopCancelsWhatIsOpen() {
    try (TestCrew crew = TestCrew.of(OPTIONS, pending)) {
      crew.add(assignment, "soup", "a");
      crew.add(assignment, "soup", "b");
      crew.await("two orders", () -> pending.hasBegun("a-0/1", "b-1/1"));
      crew.await("both open", () -> crew.crew.busy() == 2);
      crew.queues.close();
      crew.crew.cancelAll();
      crew.awaitEndOfChefs();
      crew.await("nothing in hand", () -> assignment.busy() == 0);
      assertThat(pending.stage("a-0/1")).isCancelled();
      assertThat(pending.stage("b-1/1")).isCancelled();
      assertThat(crew.ends()).isEmpty();
    }
  }

  @Test
  void failuresOpenTheBreakerAndCancelledProbesTellItNothing() {
    WorkerOptions options =
        TestOptions.of("w")
            .chefs(200)
            .maxAttempts(1)
            .recipeLimits(new RecipeLimits(80, Duration.ofMillis(1), Map.of()))
            .build();
    try (TestCrew crew = TestCrew.of(options, pending)) {
      for (int i = 0; i < GuardedRecipes.WINDOW_TRIES; i++) {
        crew.add(assignment, "soup", "k" + i);
      }
      crew.await("tries", () -> pending.begun.size() == GuardedRecipes.WINDOW_TRIES);
      List.copyOf(pending.begun)
          .forEach(name -> pending.stage(name).completeExceptionally(new Exception("down")));
      crew.awaitEnds(GuardedRecipes.WINDOW_TRIES);
      assertThat(crew.told).contains("* OPEN");
      // Given as many open tries as the breaker lets through after its rest
      pending.begun.clear();
      for (int i = 0; i < 2 * GuardedRecipes.PROBES; i++) {
        crew.add(assignment, "soup", "probe" + i);
      }
      crew.await("probes", () -> pending.begun.size() == GuardedRecipes.PROBES);
      crew.awaitIdleChefs();
      assertThat(pending.begun).hasSize(GuardedRecipes.PROBES);
      // When their partition leaves, then others may be the probes
      crew.queues.leave(List.of(assignment));
      crew.crew.cancelUnlessHeld();
      pending.begun.clear();
      Assignment again = TestCrew.assignment();
      for (int i = 0; i < GuardedRecipes.PROBES; i++) {
        crew.add(again, "soup", "again" + i);
      }
      crew.await("other probes", () -> pending.begun.size() == GuardedRecipes.PROBES);
      List.copyOf(pending.begun).forEach(name -> pending.complete(name, CookResult.cooked()));
      crew.await("a closed breaker", () -> crew.told.contains("* CLOSED"));
    }
  }

  /** Until the timeout of what has begun before has passed. */
  private static void awaitOverdue() {
    long now = System.nanoTime();
    while (System.nanoTime() - now <= IMPATIENT.cookTimeout().toNanos()) {
      Thread.onSpinWait();
    }
  }

  /** Whoever asks for something to cancel gets nothing. */
  private static final class Uncancellable extends CompletableFuture<CookResult> {
    @Override
    public CompletableFuture<CookResult> toCompletableFuture() {
      throw new UnsupportedOperationException("not this one");
    }
  }
}
