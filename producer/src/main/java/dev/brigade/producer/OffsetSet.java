package dev.brigade.producer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of offsets at or after a first one: a bit each, in chunks that exist from their first bit
 * on; a chunk that is full costs nothing. Not thread-safe.
 */
final class OffsetSet {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_OFFSETS = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK_OFFSETS - 1;
  private static final Chunk FULL = new Chunk(0);

  private final long first;
  private @Nullable Chunk[] chunks = new @Nullable Chunk[4];

  OffsetSet(long first) {
    this.first = first;
  }

  private static final class Chunk {
    private final long[] words;
    private int members;

    Chunk(int offsets) {
      words = new long[offsets / Long.SIZE];
    }
  }

  /**
   * @param offset not before the first
   * @return false if it was in the set already
   */
  boolean add(long offset) {
    int at = index(offset);
    if (at >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(at + 1, chunks.length * 2));
    }
    Chunk chunk = chunks[at];
    if (chunk == FULL) {
      return false;
    }
    if (chunk == null) {
      chunk = new Chunk(CHUNK_OFFSETS);
      chunks[at] = chunk;
    }
    int bit = (int) ((offset - first) & CHUNK_MASK);
    long mask = 1L << bit;
    if ((chunk.words[bit / Long.SIZE] & mask) != 0) {
      return false;
    }
    chunk.words[bit / Long.SIZE] |= mask;
    if (++chunk.members == CHUNK_OFFSETS) {
      chunks[at] = FULL;
    }
    return true;
  }

  boolean contains(long offset) {
    if (offset < first || (offset - first) >>> CHUNK_BITS >= chunks.length) {
      return false;
    }
    Chunk chunk = chunks[index(offset)];
    int bit = (int) ((offset - first) & CHUNK_MASK);
    return chunk != null && (chunk == FULL || (chunk.words[bit / Long.SIZE] & (1L << bit)) != 0);
  }

  private int index(long offset) {
    return Math.toIntExact((offset - first) >>> CHUNK_BITS);
  }

  /** Chunks that take memory; for tests. */
  int allocatedChunks() {
    return (int) Arrays.stream(chunks).filter(chunk -> chunk != null && chunk != FULL).count();
  }
}
