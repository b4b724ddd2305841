package dev.brigade.cluster.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of the two sockets of a connection: it never blocks. */
final class Endpoint {
  private final SocketChannel channel;
  private final SelectionKey key;

  /**
   * @param channel connected, or to be connected; closed with this
   */
  Endpoint(SocketChannel channel, Loop loop, Loop.Handler handler) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = loop.register(channel, handler);
  }

  /** Begins; {@link #finishConnect} is to be called when the channel is ready for it. */
  void connect(SocketAddress address) throws IOException {
    channel.connect(address);
    want(SelectionKey.OP_CONNECT, true);
  }

  void finishConnect() throws IOException {
    channel.finishConnect();
    want(SelectionKey.OP_CONNECT, false);
  }

  boolean isConnected() {
    return channel.isConnected();
  }

  int read(ByteBuffer bytes) throws IOException {
    return channel.read(bytes);
  }

  void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
  }

  /** Whether to be told when the channel is ready for this. */
  void want(int operation, boolean wanted) {
    int now = key.interestOps();
    int then = wanted ? now | operation : now & ~operation;
    if (then != now) {
      key.interestOps(then);
    }
  }

  /** Says FIN. */
  void end() throws IOException {
    channel.shutdownOutput();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What was to be said has been said; the file descriptor is free all the same.
    }
  }

  /** Says RST and forgets what is on its way. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // The other side has ended the connection already.
    }
    close();
  }
}
