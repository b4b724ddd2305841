package dev.brigade.recipekit;

import static dev.brigade.recipekit.KitOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecipeKitTest {
  private final KitClock clock = new KitClock();
  private final List<String> tries = new ArrayList<>();
  private final List<RecipeKit> kits = new ArrayList<>();

  @AfterEach
  void close() {
    kits.forEach(RecipeKit::close);
  }

  @Test
  void aMealTellsWhatAWorkersWould() {
    RecipeKit kit =
        kit(
            (order, context) -> {
              clock.sleep(Duration.ofMillis(1_500));
              return CookResult.cooked(TextNode.valueOf(context.headers().get("from")));
            },
            defaults());
    PlacedOrder order = kit.order().dish("soup").table("t").header("from", "b").place();
    kit.cookAll();
    Meal meal = order.meal();
    assertThat(meal.result().textValue()).isEqualTo("b");
    assertThat(meal.completionId()).isEqualTo(order.completionId());
    assertThat(meal.cookMicros()).isEqualTo(1_500_000);
    assertThat(meal.startedAt()).isEqualTo(KitClock.START);
    assertThat(meal.finishedAt()).isEqualTo(KitClock.START.plusMillis(1_500));
    assertThat(order.end().headers().lastHeader("from")).isNotNull();
    assertThat(kit.meals()).containsExactly(meal);
  }

  @Test
  void aResultThatIsTooLongOrNoJsonLooksAsInALog() {
    RecipeKit kit =
        kit(
            (order, context) ->
                CookResult.cooked(
                    order.dish().equals("long")
                        ? TextNode.valueOf("x".repeat(Meal.MAX_RESULT_BYTES))
                        : DoubleNode.valueOf(Double.NaN)),
            defaults());
    PlacedOrder tooLong = kit.order().dish("long").place();
    PlacedOrder none = kit.order().dish("nan").place();
    kit.cook();
    assertThat(tooLong.meal().result().textValue()).endsWith("…[cut]");
    assertThat(tooLong.end().headers().lastHeader(Meal.RESULT_BYTES_HEADER).value())
        .isEqualTo("65538".getBytes(StandardCharsets.UTF_8));
    assertThat(none.meal().result()).isEqualTo(TextNode.valueOf("\"NaN\""));
  }

  @Test
  void ordersOfATableAreCookedInOrderRetriesIncluded() {
    RecipeKit kit =
        kit(
            (order, context) ->
                order.id().equals("a1") && context.attempt() < 3
                    ? CookResult.retry("not yet")
                    : CookResult.cooked(),
            defaults());
    PlacedOrder first = kit.order().id("a1").table("a").place();
    PlacedOrder second = kit.order().id("a2").table("a").place();
    kit.order().id("b1").table("b").place();
    kit.cook();
    assertThat(tries).containsExactly("a1/1", "b1/1");
    assertThat(kit.orders(OrderState.RETRYING)).containsExactly(first);
    assertThat(kit.orders(OrderState.WAITING)).containsExactly(second);
    kit.cookAll();
    assertThat(tries).containsExactly("a1/1", "b1/1", "a1/2", "a1/3", "a2/1");
  }

  @Test
  void retriesWaitForTheBackOffAndNoLess() {
    RecipeKit kit = kit((order, context) -> CookResult.retry("no"), defaults().maxAttempts(4));
    PlacedOrder order = kit.order().place();
    kit.advance(Duration.ofMillis(99));
    assertThat(tries).hasSize(1);
    kit.advance(Duration.ofMillis(1));
    assertThat(tries).hasSize(2);
    kit.cookAll();
    assertThat(order.retries())
        .containsExactly(
            new Retry(1, "no", Duration.ofMillis(100)),
            new Retry(2, "no", Duration.ofMillis(200)),
            new Retry(3, "no", Duration.ofMillis(400)));
    assertThat(order.deadLetter().reason()).isEqualTo(DeadLetterReason.EXHAUSTED);
    assertThat(order.deadLetter().attempts()).isEqualTo(4);
    assertThat(kit.deadLetters()).containsExactly(order.deadLetter());
  }

  @Test
  void whatARecipeAsksForOrThrowsIsWhatHappens() {
    RecipeKit kit =
        kit(
            (order, context) -> {
              if (context.attempt() == 1) {
                return CookResult.retry("busy", Duration.ofMinutes(1));
              }
              throw new IllegalStateException("broken");
            },
            defaults().maxAttempts(2));
    PlacedOrder order = kit.order().place();
    kit.cookAll();
    assertThat(order.retries()).containsExactly(new Retry(1, "busy", Duration.ofMinutes(1)));
    assertThat(clock.instant()).isEqualTo(KitClock.START.plusSeconds(60));
    assertThat(order.deadLetter().error()).isEqualTo("IllegalStateException: broken");
  }

  @Test
  void noTryBeginsAfterTheDeadlineOrMaxElapsed() {
    RecipeKit kit =
        kit(
            (order, context) -> CookResult.retry("no", Duration.ofSeconds(10)),
            defaults().maxElapsed(Duration.ofSeconds(25)));
    PlacedOrder order = kit.order().place();
    PlacedOrder urgent = kit.order().deadlineAfter(Duration.ofSeconds(10).minusNanos(1)).place();
    PlacedOrder justInTime = kit.order().deadlineAfter(Duration.ofSeconds(10)).place();
    kit.cookAll();
    assertThat(order.deadLetter().attempts()).isEqualTo(3);
    assertThat(urgent.deadLetter().reason()).isEqualTo(DeadLetterReason.EXPIRED);
    assertThat(urgent.deadLetter().attempts()).isEqualTo(1);
    assertThat(justInTime.deadLetter().attempts()).isEqualTo(2);
  }

  @Test
  void aRecipeAsleepAtTheTimeoutIsInterruptedAndWhatItReturnsIgnored() {
    List<String> interrupted = new ArrayList<>();
    RecipeKit kit =
        kit(
            (order, context) -> {
              try {
                clock.sleep(order.dish().equals("slow") ? minutes(2) : minutes(1));
              } catch (InterruptedException e) {
                interrupted.add(order.id());
              }
              return CookResult.cooked();
            },
            defaults().maxAttempts(2).cookTimeout(minutes(1)));
    PlacedOrder slow = kit.order().id("slow").dish("slow").place();
    PlacedOrder justInTime = kit.order().place();
    kit.advance(minutes(1).minusNanos(1));
    assertThat(kit.orders(OrderState.COOKING)).containsExactly(slow, justInTime);
    kit.advance(Duration.ofNanos(1));
    assertThat(interrupted).containsExactly("slow");
    assertThat(justInTime.state()).isEqualTo(OrderState.COOKED);
    assertThat(slow.retries()).extracting(Retry::reason).containsExactly("took longer than PT1M");
    kit.cookAll();
    assertThat(slow.deadLetter().reason()).isEqualTo(DeadLetterReason.TIMED_OUT);
    assertThat(slow.meals()).isEmpty();
  }

  @Test
  void asManyOrdersAsThereAreChefsAreCookedAtATime() {
    RecipeKit kit =
        kit(
            (order, context) -> {
              clock.sleep(Duration.ofSeconds(1));
              return CookResult.cooked();
            },
            defaults().chefs(2));
    IntStream.range(0, 3).forEach(i -> kit.order().place());
    kit.cook();
    assertThat(kit.orders(OrderState.COOKING)).hasSize(2);
    kit.cookAll();
    assertThat(clock.instant()).isEqualTo(KitClock.START.plusSeconds(2));
    assertThat(kit.meals()).extracting(Meal::chef).containsExactly(0, 1, 0);
  }

  @Test
  void anotherChefHasTheNextTryIfOneIsIdle() {
    Recipe second =
        (order, context) -> context.attempt() == 1 ? CookResult.retry("no") : CookResult.cooked();
    RecipeKit two = kit(second, defaults().chefs(2));
    RecipeKit one = kit(second, defaults().chefs(1));
    PlacedOrder byAnother = two.order().place();
    PlacedOrder byTheSame = one.order().place();
    two.cookAll();
    one.cookAll();
    assertThat(byAnother.meal().chef()).isEqualTo(1);
    assertThat(byTheSame.meal().chef()).isEqualTo(0);
  }

  @Test
  void afterACrashWhatHasNoEndComesAgainWithTheSameCompletionId() {
    AtomicInteger instances = new AtomicInteger();
    List<String> afterSleep = new ArrayList<>();
    RecipeKit kit =
        register(
            RecipeKit.of(
                () -> {
                  int instance = instances.incrementAndGet();
                  return (order, context) -> {
                    tries.add(instance + ":" + context.completionId() + "/" + context.attempt());
                    if (order.dish().equals("slow") && instance == 1) {
                      clock.sleep(Duration.ofSeconds(1));
                      afterSleep.add(order.id());
                    }
                    return order.dish().equals("bad") && context.attempt() == 1
                        ? CookResult.retry("no")
                        : CookResult.cooked();
                  };
                },
                defaults().clock(clock)));
    kit.order().dish("good").place();
    PlacedOrder bad = kit.order().dish("bad").place();
    PlacedOrder slow = kit.order().dish("slow").place();
    kit.cook();
    kit.crash();
    assertThat(kit.orders(OrderState.WAITING)).containsExactly(bad, slow);
    kit.cookAll();
    kit.advance(minutes(5));
    assertThat(tries)
        .containsExactly("1:0/0/1", "1:0/1/1", "1:0/2/1", "2:0/1/1", "2:0/2/1", "2:0/1/2");
    assertThat(afterSleep).isEmpty();
    assertThat(bad.meal().attempts()).isEqualTo(2);
    assertThat(kit.meals()).hasSize(3);
  }

  @Test
  void aCrashBeforeTheCommitBringsEndedOrdersBackOnlyUpToTheLastCommit() {
    RecipeKit kit =
        kit(
            (order, context) ->
                order.dish().equals("no") ? CookResult.rejected("no") : CookResult.cooked(),
            defaults());
    PlacedOrder committed = kit.order().place();
    kit.cook();
    kit.commit();
    PlacedOrder cooked = kit.order().place();
    PlacedOrder rejected = kit.order().dish("no").place();
    kit.cook();
    kit.crashBeforeCommit();
    assertThat(kit.orders(OrderState.WAITING)).containsExactly(cooked, rejected);
    kit.cook();
    kit.crash();
    kit.cook();
    assertThat(committed.meals()).hasSize(1);
    assertThat(cooked.meals()).hasSize(2);
    assertThat(cooked.meals()).extracting(Meal::completionId).containsOnly(cooked.completionId());
    assertThat(rejected.deadLetters()).hasSize(2);
  }

  @Test
  void closingClosesTheRecipeThatRuns() {
    AtomicInteger closed = new AtomicInteger();
    RecipeKit kit = RecipeKit.of(() -> new Closing(closed));
    kit.crash();
    assertThat(closed).hasValue(0);
    kit.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void aRecipeThatBlocksElsewhereFailsTheTestWithAWordOnWhere() {
    CountDownLatch never = new CountDownLatch(1);
    RecipeKit kit =
        kit(
            (order, context) -> {
              never.await();
              return CookResult.cooked();
            },
            defaults().patience(Duration.ofMillis(50)));
    kit.order().place();
    assertThatThrownBy(kit::cook)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order order-1, try 1")
        .hasMessageContaining("have what it waits for call KitClock.sleep");
  }

  @Test
  void misuseIsRefused() {
    KitClock other = new KitClock();
    RecipeKit kit =
        kit(
            (order, context) -> {
              other.sleep(minutes(1));
              return CookResult.cooked();
            },
            defaults());
    PlacedOrder order = kit.order().place();
    assertThatThrownBy(kit::cook).hasMessageContaining("a clock that is not the kit's");
    assertThatThrownBy(() -> clock.sleep(minutes(1))).hasMessageContaining("others use after()");
    assertThatThrownBy(order::meal).hasMessageContaining("there is no meal of order-1 (cooking)");
    assertThatThrownBy(() -> kit.advance(minutes(-1))).hasMessageContaining("does not go back");
    assertThatThrownBy(() -> kit.order().payload("{")).hasMessageContaining("payload");
  }

  private RecipeKit kit(Recipe recipe, KitOptions options) {
    Recipe noting =
        (order, context) -> {
          tries.add(order.id() + "/" + context.attempt());
          return recipe.cook(order, context);
        };
    return register(RecipeKit.of(() -> noting, options.clock(clock)));
  }

  private RecipeKit register(RecipeKit kit) {
    kits.add(kit);
    return kit;
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private record Closing(AtomicInteger closed) implements Recipe {
    @Override
    public CookResult cook(dev.brigade.orders.Order order, dev.brigade.worker.CookContext context) {
      return CookResult.cooked();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
