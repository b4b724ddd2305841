package dev.brigade.cluster.net;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before one listener of a node and accepts its connections. */
final class Proxy {
  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
  private static final int BACKLOG = 1_024;

  /** Takes over a caller's connection. */
  interface Acceptor {
    void accept(SocketChannel channel, Link link) throws IOException;
  }

  private final Link link;
  private final Loop loop;
  private final Acceptor acceptor;

  Proxy(Link link, Loop loop, Acceptor acceptor) {
    this.link = link;
    this.loop = loop;
    this.acceptor = acceptor;
  }

  /**
   * Until the loop is closed.
   *
   * @throws BindException if another program listens on the port
   */
  void listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(link.called(), BACKLOG);
      server.configureBlocking(false);
      loop.register(server, operations -> acceptAll(server)).interestOps(SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void acceptAll(ServerSocketChannel server) {
    try {
      for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
        accept(channel);
      }
    } catch (IOException e) {
      LOG.warn("a connection with node {} failed: {}", link.node(), e.toString());
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    try {
      acceptor.accept(channel, link);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
