package dev.brigade.monitor;

import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which orders of one partition have ended: a bit per offset in chunks of {@value #CHUNK_BITS}, for
 * telling a second end of an order from one of no order at all. Bounded: beyond {@code mostChunks}
 * the chunk of the lowest offsets is forgotten. Not thread-safe.
 */
final class EndedOffsets {
  static final int CHUNK_BITS = 4096;

  private final KeyValueStore<Long, byte[]> chunks;
  private final int mostChunks;
  private final TreeSet<Long> known = new TreeSet<>();

  EndedOffsets(KeyValueStore<Long, byte[]> chunks, int mostChunks) {
    this.chunks = chunks;
    this.mostChunks = mostChunks;
    try (KeyValueIterator<Long, byte[]> all = chunks.all()) {
      while (all.hasNext()) {
        KeyValue<Long, byte[]> chunk = all.next();
        known.add(chunk.key);
      }
    }
  }

  boolean contains(long offset) {
    byte[] bits = chunks.get(offset / CHUNK_BITS);
    int bit = (int) (offset % CHUNK_BITS);
    return bits != null && (bits[bit / 8] & (1 << (bit % 8))) != 0;
  }

  /** Writes each chunk that changes once, however many offsets change it. */
  void addAll(Collection<Long> offsets) {
    TreeMap<Long, byte[]> changed = new TreeMap<>();
    for (long offset : offsets) {
      byte[] bits = changed.computeIfAbsent(offset / CHUNK_BITS, this::copyOf);
      int bit = (int) (offset % CHUNK_BITS);
      bits[bit / 8] |= (byte) (1 << (bit % 8));
    }
    changed.forEach(chunks::put);
    known.addAll(changed.keySet());
    while (known.size() > mostChunks) {
      chunks.delete(known.pollFirst());
    }
  }

  private byte[] copyOf(long chunk) {
    byte[] bits = chunks.get(chunk);
    return bits == null ? new byte[CHUNK_BITS / 8] : bits.clone();
  }
}
