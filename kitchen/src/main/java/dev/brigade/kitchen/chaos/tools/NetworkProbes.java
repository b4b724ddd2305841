package dev.brigade.kitchen.chaos.tools;

import dev.brigade.cluster.net.Effect;
import dev.brigade.cluster.net.Link;
import dev.brigade.cluster.net.Network;
import dev.brigade.cluster.net.Route;
import dev.brigade.cluster.net.Rule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** Tries what is done to connections, on loopback connections of its own. */
final class NetworkProbes {
  private static final int PATIENCE_MILLIS = 5_000;

  /** Longer than a connection on loopback takes on a busy machine. */
  private static final int SILENCE_MILLIS = 1_000;

  private static final String NAMESPACE = "brigade-" + ProcessHandle.current().pid();

  private NetworkProbes() {}

  static String proxies() throws IOException, InterruptedException {
    try (ServerSocket server = listen()) {
      int port = freePort();
      try (Network network = Network.open(0, List.of(new Link(1, port, server.getLocalPort())));
          Rule rule = network.apply(Route.to(1), Effect.cut());
          Socket caller = connect(port)) {
        caller.getOutputStream().write('x');
        for (int i = 0; !rule.hits().bit(); i++) {
          if (i == PATIENCE_MILLIS) {
            throw new IOException("a cut connection's byte was not held up");
          }
          Thread.sleep(1);
        }
        rule.close();
        try (Socket called = server.accept()) {
          called.setSoTimeout(PATIENCE_MILLIS);
          return called.getInputStream().read() == 'x'
              ? "a connection was cut and went on"
              : failed("a byte was changed");
        }
      }
    }
  }

  private static String failed(String why) throws IOException {
    throw new IOException(why);
  }

  static String packetFilter() throws IOException, InterruptedException {
    try (ServerSocket server = listen();
        PacketFilter filter = PacketFilter.open()) {
      try (PacketFilter.Block block = filter.drop(server.getLocalPort())) {
        if (isReachable(server.getLocalPort())) {
          return failed("a connection came through dropped packets");
        }
        if (block.packets() == 0) {
          return failed("dropped packets were not counted");
        }
      }
      connect(server.getLocalPort()).close();
      return "packets of a loopback connection were dropped";
    }
  }

  private static boolean isReachable(int port) throws IOException {
    try (Socket caller = new Socket()) {
      caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SILENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  static String namespaces() throws IOException, InterruptedException {
    try (SystemChange namespace =
        SystemChange.make("ip netns add $1", "ip netns delete $1", NAMESPACE)) {
      SystemCommand.run("ip", "netns", "exec", NAMESPACE, "true");
      return "a command ran in a network of its own";
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket server = listen()) {
      return server.getLocalPort();
    }
  }
}
