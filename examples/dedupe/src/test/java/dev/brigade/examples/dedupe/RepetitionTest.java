package dev.brigade.examples.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Order;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes on a real database, each order cooked by two workers' recipes, many times at once.
 */
class RepetitionTest {
  private static final int TRIES = 12;
  private static final CookContext CONTEXT =
      new CookContext("worker-1", 0, 1, new CompletionId(0, 0), Map.of());

  @TempDir Path directory;

  private Bank open() throws SQLException {
    return Bank.open(directory.resolve("bank.db"));
  }

  private static Order order(JsonNode payload) {
    return new Order("p-1", "payment", Instant.EPOCH, null, null, null, payload);
  }

  private static Order debitOf(long amount) {
    return order(JsonNodeFactory.instance.objectNode().put("account", "a-1").put("amount", amount));
  }

  private static List<CookResult> cookAtOnce(Recipe one, Recipe other, Order order)
      throws Exception {
    List<Callable<CookResult>> tries = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      Recipe recipe = i % 2 == 0 ? one : other;
      tries.add(() -> recipe.cook(order, CONTEXT));
    }
    ExecutorService chefs = Executors.newFixedThreadPool(TRIES);
    try {
      List<CookResult> results = new ArrayList<>();
      for (Future<CookResult> result : chefs.invokeAll(tries)) {
        results.add(result.get());
      }
      return results;
    } finally {
      chefs.shutdownNow();
    }
  }

  private static List<String> audit(Bank bank) throws SQLException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Audit.print(bank, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aPaymentIsMadeOnceHoweverManyWorkersCookItAtOnce() throws Exception {
    Bank bank = open();
    try (Recipe one = new Payment(bank);
        Recipe other = new Payment(open())) {
      // When
      List<CookResult> results = cookAtOnce(one, other, debitOf(5));

      // Then
      assertThat(results).hasSize(TRIES).containsOnly(CookResult.cooked(TextNode.valueOf("p-1")));
      assertThat(audit(bank))
          .containsExactly("balance a-1 -5", "caught " + (TRIES - 1), "doubled 0");
    }
  }

  @Test
  void theCarelessDebitEveryTime() throws Exception {
    Bank bank = open();
    try (Recipe one = new Careless(bank);
        Recipe other = new Careless(open())) {
      // When
      cookAtOnce(one, other, debitOf(5));

      // Then
      assertThat(audit(bank))
          .containsExactly("balance a-1 " + -5 * TRIES, "caught 0", "doubled " + (TRIES - 1));
    }
  }

  @Test
  void aTransactionThatFailsLeavesNothing() throws Exception {
    try (Bank bank = open()) {
      assertThatThrownBy(
              () ->
                  bank.transaction(
                      connection -> {
                        Bank.debit(connection, new Debit("a-1", 5));
                        throw new SQLException("after the effect");
                      }))
          .hasMessage("after the effect");
      assertThat(audit(bank)).containsExactly("caught 0", "doubled 0");
    }
  }

  @Test
  void anOrderThatIsNoDebitIsRejected() throws Exception {
    try (Recipe recipe = new Payment(open())) {
      for (Order order :
          List.of(order(JsonNodeFactory.instance.nullNode()), debitOf(0), debitOf(-5))) {
        assertThat(recipe.cook(order, CONTEXT)).isEqualTo(CookResult.rejected(Debit.EXPECTED));
      }
    }
  }
}
