package dev.brigade.examples.dedupe;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * The bank's database, which the workers of this machine share. A transaction whose process is
 * killed before its commit has no effect. One connection for all chefs of a worker: SQLite lets one
 * write at a time in any case. Thread-safe.
 */
final class Bank implements AutoCloseable {
  /** The environment variable with the database's file. */
  static final String VARIABLE = "DEDUPE_DATABASE";

  private static final int BUSY_MILLIS = 30_000;

  /** The primary key of {@code payments} is what makes a repetition harmless. */
  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, balance INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS payments (
          order_id TEXT PRIMARY KEY, account TEXT NOT NULL, amount INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS caught (order_id TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS careless_debits (order_id TEXT NOT NULL);
      """;

  private final Connection connection;

  /** What is done in one transaction. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection) throws SQLException;
  }

  private Bank(Connection connection) {
    this.connection = connection;
  }

  /** Creates the tables if need be. */
  static Bank open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Bank bank = new Bank(source.getConnection());
    bank.transaction(connection -> execute(connection, TABLES));
    return bank;
  }

  /**
   * @throws IllegalStateException if the environment names no file
   */
  static Bank openFromEnvironment() throws SQLException {
    String file = System.getenv(VARIABLE);
    if (file == null || file.isEmpty()) {
      throw new IllegalStateException("set " + VARIABLE + " to the database's file");
    }
    return open(Path.of(file));
  }

  /** All of the work happens, or nothing of it: then the exception says why. */
  synchronized void transaction(Work work) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    try {
      work.run(connection);
      execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Throwable cause) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // some failures have rolled back already
    }
  }

  /** Takes the amount from the account; accounts begin with 0. */
  static void debit(Connection connection, Debit debit) throws SQLException {
    update(
        connection,
        "INSERT INTO accounts (name, balance) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET balance = balance + excluded.balance",
        debit.account(),
        -debit.amount());
  }

  /**
   * Runs one statement with these values in place of its question marks.
   *
   * @return how many rows it changed
   */
  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
