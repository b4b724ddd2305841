package dev.brigade.cluster.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What waits in a pipe: bytes, or the end of the stream. */
final class Chunk {
  enum Kind {
    BYTES,
    /** The source has said that no more comes. */
    FIN,
    /** The source has broken off. */
    RESET
  }

  final Kind kind;
  final ByteBuffer bytes;

  /** When it may go on, in nanoseconds of the loop's time. */
  long due = Shape.NEVER;

  private final List<Rule> heldUpBy = new ArrayList<>(1);

  private Chunk(Kind kind, ByteBuffer bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  static Chunk copyOf(ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
    copy.put(bytes).flip();
    return new Chunk(Kind.BYTES, copy);
  }

  static Chunk end(Kind kind) {
    return new Chunk(kind, ByteBuffer.allocate(0));
  }

  /** Whether this rule is told so for the first time. */
  boolean heldUpBy(Rule rule) {
    return !heldUpBy.contains(rule) && heldUpBy.add(rule);
  }
}
