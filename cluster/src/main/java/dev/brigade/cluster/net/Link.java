package dev.brigade.cluster.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One listener behind a proxy.
 *
 * @param node the node that listens
 * @param port where it is called: the proxy's port on loopback
 * @param target where it listens: its own port on loopback
 */
public record Link(int node, int port, int target) {
  InetSocketAddress called() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  InetSocketAddress listening() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
  }
}
