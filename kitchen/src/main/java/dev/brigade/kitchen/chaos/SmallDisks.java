package dev.brigade.kitchen.chaos;

import dev.brigade.cluster.KafkaClusterBuilder;
import dev.brigade.kitchen.chaos.tools.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A {@link SmallDisk} for each broker, or none at all. */
final class SmallDisks implements AutoCloseable {
  private static final long BYTES = 512L << 20;

  private final Map<Integer, SmallDisk> disks = new TreeMap<>();

  /**
   * @param directory where they are to be seen
   * @param brokers how many; 0 for none
   */
  static SmallDisks mount(Path directory, int brokers) {
    SmallDisks all = new SmallDisks();
    try {
      for (int node = 1; node <= brokers; node++) {
        all.disks.put(node, SmallDisk.mount(directory.resolve("disk-" + node), BYTES));
      }
      return all;
    } catch (IOException e) {
      UncheckedIOException failure = new UncheckedIOException(e);
      try {
        all.close();
      } catch (UncheckedIOException left) {
        failure.addSuppressed(left);
      }
      throw failure;
    }
  }

  /** Has the brokers keep everything on them. */
  void useIn(KafkaClusterBuilder cluster) {
    disks.forEach((node, disk) -> cluster.nodeDirectory(node, disk.directory().resolve("node")));
  }

  /** Leaves the broker not a byte. */
  void fill(int node) {
    try {
      disk(node).fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that the broker can still write. */
  long free(int node) {
    try {
      return disk(node).free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Doubles the broker's disk. */
  void enlarge(int node) throws InterruptedException {
    try {
      disk(node).resize(2 * BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SmallDisk disk(int node) {
    SmallDisk disk = disks.get(node);
    if (disk == null) {
      throw new IllegalStateException("broker " + node + " has no small disk");
    }
    return disk;
  }

  @Override
  public void close() {
    UncheckedIOException failure = null;
    for (SmallDisk disk : disks.values()) {
      try {
        disk.close();
      } catch (IOException e) {
        failure = failure == null ? new UncheckedIOException(e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
