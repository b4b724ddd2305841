package dev.brigade.orders;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks an address list before any client sees it, so that the message names the option. */
final class BootstrapServers {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[[0-9A-Za-z:.%]+]|[0-9A-Za-z._-]+):([^:]*)");

  private BootstrapServers() {}

  /**
   * @throws CommandFailure with {@link ExitCode#USAGE} if it is not {@code HOST:PORT[,…]}
   */
  static void check(String servers) {
    for (String server : servers.split(",", -1)) {
      String address = server.strip();
      Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches()) {
        throw refuse(address, "expected HOST:PORT, for example localhost:9092");
      }
      String port = parts.group(1);
      if (!port.matches("[0-9]{1,9}")) {
        throw refuse(address, "the port is not a number");
      }
      int number = Integer.parseInt(port);
      if (number < 1 || number > 65_535) {
        throw refuse(address, "the port must be 1 to 65535");
      }
    }
  }

  /** An address like {@code user:password@host} is not repeated as a whole. */
  private static CommandFailure refuse(String address, String why) {
    String shown = Text.shown(address.substring(address.lastIndexOf('@') + 1));
    return CommandFailure.usage("--bootstrap-server '" + shown + "': " + why);
  }
}
