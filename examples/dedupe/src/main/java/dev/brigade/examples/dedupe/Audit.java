package dev.brigade.examples.dedupe;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Prints what the database holds: {@code balance ACCOUNT AMOUNT} for each account, {@code caught
 * N}, the tries that found their order paid, and {@code doubled N}, the careless debits of orders
 * that had been debited before.
 */
final class Audit {
  private Audit() {}

  public static void main(String[] args) throws SQLException {
    try (Bank bank = Bank.openFromEnvironment()) {
      print(bank, System.out);
    }
  }

  static void print(Bank bank, PrintStream out) throws SQLException {
    bank.transaction(
        connection -> {
          rows(
              connection,
              "SELECT 'balance ' || name || ' ' || balance FROM accounts ORDER BY name",
              out);
          rows(connection, "SELECT 'caught ' || count(*) FROM caught", out);
          rows(
              connection,
              "SELECT 'doubled ' || (count(*) - count(DISTINCT order_id)) FROM careless_debits",
              out);
        });
  }

  private static void rows(Connection connection, String sql, PrintStream out) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        out.println(rows.getString(1));
      }
    }
  }
}
