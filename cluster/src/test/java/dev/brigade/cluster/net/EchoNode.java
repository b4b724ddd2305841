package dev.brigade.cluster.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A node that answers every byte by itself, and ends a connection when its caller does. */
final class EchoNode implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final StringBuffer text = new StringBuffer();

  EchoNode() throws IOException {
    daemon(this::accept);
  }

  private static void daemon(Runnable action) {
    Thread thread = new Thread(action, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        daemon(() -> echo(socket));
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private void echo(Socket socket) {
    byte[] bytes = new byte[8_192];
    try (socket;
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        received.addAndGet(count);
        if (text.length() < 100_000) {
          text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // The caller has broken off.
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Of all connections together. */
  long received() {
    return received.get();
  }

  /** The beginning of what all connections said. */
  String text() {
    return text.toString();
  }

  /** How many have been accepted. */
  int connections() {
    return connections.size();
  }

  /** Resets all connections. */
  void breakOff() throws IOException {
    for (Socket connection : connections) {
      connection.setSoLinger(true, 0);
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
