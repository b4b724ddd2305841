package dev.brigade.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free ports of the loopback interface, taken from below the ranges that operating systems hand to
 * outgoing connections (Linux: from 32768, others: from 49152), so that no client's connection can
 * sit on a node's port while the node is down.
 *
 * <p>A port found free is not held: another program may take it before the broker does. Starting at
 * a random place makes that unlikely, and the cluster's start is tried again when it happens.
 */
final class LoopbackPorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private final Random random;
  private final Set<Integer> given = new LinkedHashSet<>();

  LoopbackPorts(Random random) {
    this.random = random;
  }

  /** A free port that this object has not given before. */
  int next() {
    int span = HIGHEST - LOWEST;
    int start = random.nextInt(span);
    for (int i = 0; i < span; i++) {
      int port = LOWEST + (start + i) % span;
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new ClusterException(
        "no free port between %d and %d on %s".formatted(LOWEST, HIGHEST, ClusterLayout.HOST));
  }

  /** The very port asked for. */
  int take(int port) {
    if (!given.add(port) || !isFree(port)) {
      throw inUse(port);
    }
    return port;
  }

  static PortInUseException inUse(int port) {
    return new PortInUseException(
        "port %d on %s is in use: stop what listens there, or choose another port"
            .formatted(port, ClusterLayout.HOST));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
