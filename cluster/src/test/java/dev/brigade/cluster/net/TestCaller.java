package dev.brigade.cluster.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A program that calls a node as a Kafka client does: its first bytes are a request's header. */
final class TestCaller implements AutoCloseable {
  private final Socket socket;

  /** Connects, and sends no byte. */
  TestCaller(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000); // fails a test that would wait for ever
  }

  /** Connects, and has its first request answered. */
  static TestCaller of(int port, String clientId) throws IOException {
    TestCaller caller = new TestCaller(port);
    caller.exchange(request(clientId, ""));
    return caller;
  }

  /** A request with a body of that text. */
  static byte[] request(String clientId, String body) {
    byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
    byte[] rest = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(14 + id.length + rest.length)
        .putInt(10 + id.length + rest.length)
        .putShort((short) 18)
        .putShort((short) 4)
        .putInt(77)
        .putShort((short) id.length)
        .put(id)
        .put(rest)
        .array();
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for that many bytes. */
  byte[] receive(int count) throws IOException {
    byte[] bytes = new byte[count];
    new DataInputStream(socket.getInputStream()).readFully(bytes);
    return bytes;
  }

  String receive(String expected) throws IOException {
    return new String(
        receive(expected.getBytes(StandardCharsets.UTF_8).length), StandardCharsets.UTF_8);
  }

  /** Sends it and waits for as many bytes. */
  byte[] exchange(byte[] bytes) throws IOException {
    send(bytes);
    return receive(bytes.length);
  }

  /** What comes next: a byte, or −1 for the end. */
  int next() throws IOException {
    return socket.getInputStream().read();
  }

  /** Bytes that have come already. */
  int available() throws IOException {
    return socket.getInputStream().available();
  }

  /** Says that no more comes. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
