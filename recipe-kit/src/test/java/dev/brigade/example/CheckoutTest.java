package dev.brigade.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Order;
import dev.brigade.recipekit.KitClock;
import dev.brigade.recipekit.KitOptions;
import dev.brigade.recipekit.OrderState;
import dev.brigade.recipekit.PlacedOrder;
import dev.brigade.recipekit.RecipeKit;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckoutTest {
  /** The recipe: takes money. The completion id has the bank know a repetition. */
  record Checkout(Bank bank) implements Recipe {
    @Override
    public CookResult cook(Order order, CookContext context) throws Exception {
      int cents = order.payload().path("cents").asInt();
      if (cents <= 0) {
        return CookResult.rejected("no amount");
      }
      return CookResult.cooked(
          TextNode.valueOf(bank.transfer(context.completionId().toString(), cents)));
    }
  }

  /** A stand-in for what outlives the worker. */
  static class Bank {
    final Map<String, Integer> transfers = new LinkedHashMap<>();
    final KitClock clock;
    Duration answersAfter = Duration.ZERO;
    boolean isDown;

    Bank(KitClock clock) {
      this.clock = clock;
    }

    String transfer(String requestId, int cents) throws Exception {
      if (isDown) {
        throw new IOException("connection refused");
      }
      transfers.putIfAbsent(requestId, cents);
      clock.sleep(answersAfter);
      return "receipt " + requestId;
    }
  }

  private final KitClock clock = new KitClock();
  private final Bank bank = new Bank(clock);
  private final RecipeKit kit =
      RecipeKit.of(() -> new Checkout(bank), KitOptions.defaults().clock(clock).maxAttempts(3));

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void moneyIsTakenOnceHoweverOftenTheOrderComes() {
    PlacedOrder order = kit.order().payload("{\"cents\": 1250}").place();
    kit.cook();
    kit.crashBeforeCommit();
    kit.cook();
    assertThat(order.meals()).hasSize(2);
    assertThat(bank.transfers).containsExactly(Map.entry("0/0", 1250));
  }

  @Test
  void aCrashBeforeTheBankAnswersTakesNoMoneyTwice() {
    PlacedOrder order = kit.order().payload("{\"cents\": 1250}").place();
    bank.answersAfter = Duration.ofSeconds(2);
    kit.advance(Duration.ofSeconds(1));
    assertThat(order.state()).isEqualTo(OrderState.COOKING);
    kit.crash();
    kit.cookAll();
    assertThat(order.meal().result().textValue()).isEqualTo("receipt 0/0");
    assertThat(bank.transfers).hasSize(1);
  }

  @Test
  void anOrderWaitsForABankThatIsDown() {
    PlacedOrder order = kit.order().payload("{\"cents\": 1250}").place();
    bank.isDown = true;
    kit.cook();
    assertThat(order.retries()).hasSize(1);
    bank.isDown = false;
    kit.advance(order.retries().get(0).delay());
    assertThat(order.meal().attempts()).isEqualTo(2);
  }

  @Test
  void aBankThatNeverAnswersEndsInADeadLetter() {
    PlacedOrder order = kit.order().payload("{\"cents\": 1250}").place();
    bank.answersAfter = Duration.ofHours(1);
    kit.cookAll();
    assertThat(order.deadLetter().reason()).isEqualTo(DeadLetterReason.TIMED_OUT);
  }

  @Test
  void anOrderWithoutAnAmountIsRejected() {
    PlacedOrder order = kit.order().payload("{\"cents\": 0}").place();
    kit.cook();
    assertThat(order.deadLetter().error()).isEqualTo("no amount");
  }
}
