package dev.brigade.orders;

/** Checks an address list before any client sees it, so that the message names the option. */
final class BootstrapServers {
  private BootstrapServers() {}

  /**
   * @throws CommandFailure with {@link ExitCode#USAGE} if it is not {@code HOST:PORT[,…]}
   */
  static void check(String servers) {
    for (String server : servers.split(",", -1)) {
      String address = server.strip();
      int colon = address.lastIndexOf(':');
      String host = colon < 0 ? address : address.substring(0, colon);
      boolean bareIpv6 = host.contains(":") && !host.startsWith("[");
      if (host.isEmpty() || colon < 0 || bareIpv6) {
        throw refuse(address, "expected HOST:PORT, for example localhost:9092");
      }
      String port = address.substring(colon + 1);
      if (!port.matches("[0-9]{1,9}")) {
        throw refuse(address, "the port is not a number");
      }
      int number = Integer.parseInt(port);
      if (number < 1 || number > 65_535) {
        throw refuse(address, "the port must be 1 to 65535");
      }
    }
  }

  private static CommandFailure refuse(String address, String why) {
    return CommandFailure.usage("--bootstrap-server '" + Text.shown(address) + "': " + why);
  }
}
