package dev.brigade.recipekit;

import static dev.brigade.recipekit.KitOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.worker.AsyncRecipe;
import dev.brigade.worker.CookResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncRecipeKitTest {
  private final KitClock clock = new KitClock();
  private final List<CompletableFuture<CookResult>> answers = new ArrayList<>();
  private RecipeKit kit = kit((order, context) -> newAnswer(), defaults());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aTryLastsUntilItsStageIsCompleteAndHoldsItsKey() {
    PlacedOrder first = kit.order().table("t").place();
    PlacedOrder second = kit.order().table("t").place();
    kit.cook();
    assertThat(kit.orders(OrderState.COOKING)).containsExactly(first);
    answers.get(0).complete(CookResult.cooked());
    kit.cook();
    assertThat(first.state()).isEqualTo(OrderState.COOKED);
    assertThat(kit.orders(OrderState.COOKING)).containsExactly(second);
  }

  @Test
  void aStageThatFailsIsATryThatFailed() {
    kit = kit((order, context) -> newAnswer().thenApply(result -> result), defaults());
    PlacedOrder order = kit.order().place();
    kit.cook();
    answers.get(0).completeExceptionally(new IOException("refused"));
    kit.cook();
    assertThat(order.retries()).extracting(Retry::reason).containsExactly("IOException: refused");
    kit.advance(Duration.ofMillis(100));
    answers.get(1).complete(CookResult.cooked());
    kit.cook();
    assertThat(order.meal().attempts()).isEqualTo(2);
  }

  @Test
  void atTheTimeoutTheStageIsCancelledAndWhatItBringsIgnored() {
    PlacedOrder order = kit.order().place();
    kit.cook();
    assertThatThrownBy(kit::cookAll).hasMessageContaining("let it time out with advance()");
    kit.advance(Duration.ofSeconds(60));
    assertThat(answers.get(0)).isCancelled();
    assertThat(order.retries()).extracting(Retry::reason).containsExactly("took longer than PT1M");
    kit.advance(Duration.ofSeconds(61));
    assertThat(order.deadLetter().reason()).isEqualTo(DeadLetterReason.TIMED_OUT);
    assertThat(order.meals()).isEmpty();
  }

  @Test
  void timePassesForAStageThatTheClockCompletes() {
    kit =
        kit(
            (order, context) ->
                clock.after(Duration.ofSeconds(5)).thenApply(passed -> CookResult.cooked()),
            defaults());
    PlacedOrder order = kit.order().place();
    kit.cookAll();
    assertThat(order.meal().cookMicros()).isEqualTo(5_000_000);
  }

  @Test
  void whatAnotherThreadCompletesIsWaitedFor() {
    CountDownLatch go = new CountDownLatch(1);
    kit =
        kit(
            (order, context) ->
                CompletableFuture.supplyAsync(
                    () -> {
                      await(go);
                      return CookResult.cooked();
                    }),
            defaults());
    PlacedOrder order = kit.order().place();
    kit.cook();
    assertThat(order.state()).isEqualTo(OrderState.COOKING);
    go.countDown();
    kit.awaitStages();
    assertThat(order.state()).isEqualTo(OrderState.COOKED);
  }

  @Test
  void aStageThatNobodyCompletesIsNotWaitedForWithoutEnd() {
    kit = kit((order, context) -> newAnswer(), defaults().patience(Duration.ofMillis(50)));
    kit.order().place();
    assertThatThrownBy(kit::awaitStages)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order order-1, try 1: its stage has not completed for 50 ms");
  }

  @Test
  void whatCompletesAfterACrashIsIgnored() {
    PlacedOrder order = kit.order().place();
    kit.cook();
    kit.crash();
    answers.get(0).complete(CookResult.rejected("late"));
    kit.cook();
    assertThat(order.state()).isEqualTo(OrderState.COOKING);
    answers.get(1).complete(CookResult.cooked());
    kit.cook();
    assertThat(order.meals()).hasSize(1);
    assertThat(kit.deadLetters()).isEmpty();
  }

  private CompletableFuture<CookResult> newAnswer() {
    CompletableFuture<CookResult> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  private RecipeKit kit(AsyncRecipe recipe, KitOptions options) {
    return RecipeKit.ofAsync(() -> recipe, options.clock(clock).maxAttempts(2));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
