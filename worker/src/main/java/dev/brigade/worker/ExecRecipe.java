package dev.brigade.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Json;
import dev.brigade.orders.Order;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code exec:COMMAND}: a shell command cooks, once per try.
 *
 * <ul>
 *   <li>Its stdin is the payload as one JSON document (a string with its quotes, then), or empty if
 *       the payload is null.
 *   <li>{@code ORDER_ID}, {@code ORDER_DISH}, {@code ORDER_TABLE} (empty for an order without one)
 *       and {@code ORDER_ATTEMPT} (from 1) are in its environment.
 *   <li>Exit code 0 means cooked: its stdout is the result, as {@link OutputHead#result} tells.
 *   <li>65 (EX_DATAERR) means rejected, anything else that another try may succeed; the end of its
 *       stderr is the reason.
 *   <li>What it leaves in the background is killed when it ends: at once, or after {@link
 *       ShellCommand#LINGER} if that still holds stdout, stderr or stdin open. Only what has made
 *       itself a session of its own may run on, until the worker ends.
 *   <li>An interrupted chef returns only when the command and all it started have ended. They also
 *       end with the worker, by {@link ExecGuard}; the terminal's Ctrl-C does not reach them.
 * </ul>
 */
final class ExecRecipe implements Recipe {
  private static final int REJECTED = 65;
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 8, "FPE", 9, "KILL", 11, "SEGV", 13,
          "PIPE", 15, "TERM");

  /** What the JVM writes the environment in; it depends on the locale the worker was started in. */
  private static final Charset ENVIRONMENT =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private final String command;
  private final ExecutorService pumps;
  private final ShellCommand shell;

  /**
   * @param guard shared by all recipes of the worker, and closed after them by their owner
   */
  ExecRecipe(String command, ExecGuard guard) {
    this.command = command;
    this.pumps =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "exec-pipe");
              thread.setDaemon(true);
              return thread;
            });
    this.shell = new ShellCommand(guard, pumps);
  }

  @Override
  public CookResult cook(Order order, CookContext context)
      throws IOException, InterruptedException {
    String table = order.table() == null ? "" : order.table();
    @Nullable CookResult unfit = unfitForEnvironment(order.id(), table, ENVIRONMENT);
    if (unfit != null) {
      return unfit;
    }
    Map<String, String> environment =
        Map.of(
            "ORDER_ID", order.id(),
            "ORDER_DISH", order.dish(),
            "ORDER_TABLE", table,
            "ORDER_ATTEMPT", Integer.toString(context.attempt()));
    JsonNode payload = order.payload();
    byte[] input = payload.isNull() ? new byte[0] : Json.write(payload);
    OutputHead stdout = new OutputHead();
    OutputTail stderr = new OutputTail();
    int exitCode = shell.run(command, environment, input, stdout, stderr);
    return switch (exitCode) {
      case 0 -> CookResult.cooked(stdout.result());
      case REJECTED -> CookResult.rejected(rejection(stderr.lastLines()));
      default -> CookResult.retry(failure(exitCode, stderr.lastLines()));
    };
  }

  /**
   * The JVM would write a question mark for a character that {@code charset} lacks, and so name
   * another table.
   *
   * @return what becomes of such an order, null for all others
   */
  static @Nullable CookResult unfitForEnvironment(String id, String table, Charset charset) {
    if (table.indexOf('\0') >= 0) {
      return CookResult.rejected("table holds a NUL character, which no environment can carry");
    }
    if (!charset.newEncoder().canEncode(id + table)) {
      return CookResult.retry(
          "id or table has characters that this worker's locale cannot put into an environment ("
              + charset
              + "): start it with LC_ALL=C.UTF-8");
    }
    return null;
  }

  private static String rejection(String why) {
    return why.isEmpty() ? "the command rejected the order (exit code " + REJECTED + ")" : why;
  }

  private static String failure(int exitCode, String why) {
    int signal = exitCode - SIGNALLED;
    String how = "exit code " + exitCode;
    if (signal > 0 && signal <= LAST_SIGNAL) {
      how = "killed by signal " + SIGNALS.getOrDefault(signal, Integer.toString(signal));
    }
    return "the command failed: " + how + (why.isEmpty() ? "" : ": " + why);
  }

  @Override
  public void close() {
    pumps.shutdownNow();
  }
}
