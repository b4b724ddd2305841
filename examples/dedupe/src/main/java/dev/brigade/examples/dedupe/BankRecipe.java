package dev.brigade.examples.dedupe;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.Order;
import dev.brigade.worker.CookContext;
import dev.brigade.worker.CookResult;
import dev.brigade.worker.Recipe;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debits an account in one transaction, prints the receipt, and returns the order's id as the
 * receipt's number. Between the commit and the meal in the log there is time for a crash; then the
 * order is cooked again.
 */
abstract class BankRecipe implements Recipe {
  private static final Logger LOG = LoggerFactory.getLogger(BankRecipe.class);

  /** How long printing takes; it makes a crash between effect and meal likely. */
  private static final long RECEIPT_MILLIS = 100;

  private final Bank bank;

  BankRecipe(Bank bank) {
    this.bank = bank;
  }

  /** What is to happen in one transaction for one try at this order. */
  abstract void pay(Connection connection, String orderId, Debit debit) throws SQLException;

  @Override
  public final CookResult cook(Order order, CookContext context)
      throws SQLException, InterruptedException {
    Debit debit;
    try {
      debit = Debit.of(order.payload());
    } catch (IllegalArgumentException e) {
      return CookResult.rejected(Debit.EXPECTED);
    }
    bank.transaction(connection -> pay(connection, order.id(), debit));
    LOG.info("printing the receipt of {}", order.id());
    Thread.sleep(RECEIPT_MILLIS);
    return CookResult.cooked(TextNode.valueOf(order.id()));
  }

  @Override
  public final void close() throws SQLException {
    bank.close();
  }
}
