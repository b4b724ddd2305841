package dev.brigade.examples.dedupe;

import java.sql.Connection;
import java.sql.SQLException;

/** Debits once per order, however often the order is cooked, sent or replayed. */
public final class Payment extends BankRecipe {
  public Payment() throws SQLException {
    this(Bank.openFromEnvironment());
  }

  Payment(Bank bank) {
    super(bank);
  }

  /**
   * The row that says "done" and the effect are one transaction, and the table's key decides: of
   * two tries at the same time one inserts the row, and the other finds it.
   */
  @Override
  void pay(Connection connection, String orderId, Debit debit) throws SQLException {
    int inserted =
        Bank.update(
            connection,
            "INSERT INTO payments (order_id, account, amount) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            orderId,
            debit.account(),
            debit.amount());
    if (inserted == 1) {
      Bank.debit(connection, debit);
    } else {
      Bank.update(connection, "INSERT INTO caught (order_id) VALUES (?)", orderId);
    }
  }
}
