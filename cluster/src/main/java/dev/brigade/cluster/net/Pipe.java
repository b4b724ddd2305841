package dev.brigade.cluster.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection. Bytes that nothing holds up are written as they are read; others
 * wait, in order. No more is read while as much waits as the connection's rules allow.
 */
final class Pipe {
  private final Direction direction;
  private final Connection connection;
  private final Loop loop;
  private final Endpoint source;
  private final Endpoint destination;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private long alarm = Shape.NEVER;
  private boolean sourceEnded;
  private boolean ended;

  Pipe(
      Direction direction,
      Connection connection,
      Loop loop,
      Endpoint source,
      Endpoint destination) {
    this.direction = direction;
    this.connection = connection;
    this.loop = loop;
    this.source = source;
    this.destination = destination;
  }

  /** Reads once, and passes on what may pass. */
  void read() throws IOException {
    ByteBuffer bytes = loop.scratch(connection.window() - waitingBytes);
    int count = readFromSource(bytes);
    if (count < 0) {
      return;
    }
    bytes.flip();
    connection.arrived(direction, bytes);
    if (!connection.isOpen()) {
      return;
    }
    if (connection.isFree() && waiting.isEmpty() && destination.isConnected()) {
      destination.write(bytes);
    }
    if (bytes.hasRemaining()) {
      add(Chunk.copyOf(bytes));
    }
    flush();
  }

  /** The number of bytes, or −1 after the end, which then waits among the chunks. */
  private int readFromSource(ByteBuffer bytes) throws IOException {
    int count;
    try {
      count = source.read(bytes);
    } catch (IOException e) {
      end(Chunk.Kind.RESET);
      return -1;
    }
    if (count < 0) {
      end(Chunk.Kind.FIN);
    }
    return count;
  }

  private void end(Chunk.Kind kind) throws IOException {
    sourceEnded = true;
    connection.sourceEnded(direction);
    if (!connection.isOpen()) {
      return;
    }
    add(Chunk.end(kind));
    flush();
  }

  private void add(Chunk chunk) {
    judge(chunk, loop.now());
    waiting.add(chunk);
    waitingBytes += chunk.bytes.remaining();
  }

  private void judge(Chunk chunk, long now) {
    chunk.due = connection.due(direction, chunk, now);
  }

  /** Judges what waits by the connection's rules of now; {@link #flush} is to be called then. */
  void rulesChanged() {
    long now = loop.now();
    waiting.forEach(chunk -> judge(chunk, now));
  }

  private boolean isReachable() throws IOException {
    if (!destination.isConnected()) {
      connection.callNode();
    }
    return destination.isConnected();
  }

  /** The time it asked the loop for has come. */
  private void ring() {
    alarm = Shape.NEVER;
    connection.guarded(this::flush);
  }

  /** Passes on what is due, as far as the destination takes it. */
  void flush() throws IOException {
    long now = loop.now();
    boolean blocked = false;
    while (!blocked && !waiting.isEmpty() && waiting.element().due <= now) {
      blocked = !(isReachable() && passOn(waiting.element()));
    }
    if (!connection.isOpen()) {
      return;
    }
    if (destination.isConnected()) {
      destination.want(SelectionKey.OP_WRITE, blocked);
    }
    if (source.isConnected()) {
      source.want(SelectionKey.OP_READ, !sourceEnded && waitingBytes < connection.window());
    }
    if (!blocked && !waiting.isEmpty() && waiting.element().due < alarm) {
      alarm = waiting.element().due;
      loop.at(alarm, this::ring);
    }
  }

  /** Whether all of it went. */
  private boolean passOn(Chunk head) throws IOException {
    switch (head.kind) {
      case BYTES -> {
        int before = head.bytes.remaining();
        destination.write(head.bytes);
        waitingBytes -= before - head.bytes.remaining();
      }
      case FIN -> {
        destination.end();
        ended = true;
        connection.pipeEnded();
      }
      case RESET -> connection.reset();
    }
    if (head.bytes.hasRemaining()) {
      return false;
    }
    waiting.remove();
    return true;
  }

  boolean ended() {
    return ended;
  }
}
