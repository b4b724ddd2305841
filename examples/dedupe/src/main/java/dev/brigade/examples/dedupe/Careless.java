package dev.brigade.examples.dedupe;

import java.sql.Connection;
import java.sql.SQLException;

/** How not to do it: debits whenever it is called. It notes each debit, to be counted. */
public final class Careless extends BankRecipe {
  public Careless() throws SQLException {
    this(Bank.openFromEnvironment());
  }

  Careless(Bank bank) {
    super(bank);
  }

  @Override
  void pay(Connection connection, String orderId, Debit debit) throws SQLException {
    Bank.debit(connection, debit);
    Bank.update(connection, "INSERT INTO careless_debits (order_id) VALUES (?)", orderId);
  }
}
