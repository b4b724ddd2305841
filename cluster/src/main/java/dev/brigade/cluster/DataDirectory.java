package dev.brigade.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The place of one cluster's data, held by one cluster at a time: the cluster's id and size in
 * {@code cluster.properties}, each node's data in {@code node-<id>}, its log beside it.
 *
 * <p>A directory that holds anything else is refused, never written into.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "cluster.lock";
  private static final String PROPERTIES = "cluster.properties";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;
  private final String clusterId;

  private DataDirectory(Path path, boolean temporary, FileChannel lock, String clusterId) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
    this.clusterId = clusterId;
  }

  /** A new directory for a cluster of that many brokers, deleted when closed. */
  static DataDirectory temporary(int brokers) {
    try {
      return open(Files.createTempDirectory("brigade-cluster-"), true, brokers);
    } catch (IOException e) {
      throw new ClusterException("no temporary data directory: " + describe(e), e);
    }
  }

  /** The directory as an earlier cluster of that many brokers left it, or an empty or new one. */
  static DataDirectory at(Path path, int brokers) {
    try {
      Files.createDirectories(path);
      return open(path.toAbsolutePath().normalize(), false, brokers);
    } catch (FileAlreadyExistsException e) {
      throw new UnusableDataDirectoryException(
          "data directory %s: %s is a file, not a directory".formatted(path, e.getFile()), e);
    } catch (IOException e) {
      throw new UnusableDataDirectoryException(
          "data directory %s cannot be used: %s".formatted(path, describe(e)), e);
    }
  }

  private static DataDirectory open(Path path, boolean temporary, int brokers) throws IOException {
    if (!Files.exists(path.resolve(PROPERTIES)) && holdsOtherThings(path)) {
      throw new UnusableDataDirectoryException(
          "data directory %s is not empty and holds no cluster: choose an empty or new directory"
              .formatted(path));
    }
    FileChannel lock = lock(path);
    try {
      return new DataDirectory(path, temporary, lock, clusterId(path, brokers));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean holdsOtherThings(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.anyMatch(entry -> !entry.endsWith(LOCK));
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another cluster of this JVM: the same as held by another process.
    }
    channel.close();
    throw new UnusableDataDirectoryException(
        "data directory %s is in use by another cluster: stop it, or choose another directory"
            .formatted(path));
  }

  private static String clusterId(Path path, int brokers) throws IOException {
    Path file = path.resolve(PROPERTIES);
    Properties properties = new Properties();
    if (!Files.exists(file)) {
      properties.setProperty("cluster.id", Uuid.randomUuid().toString());
      properties.setProperty("brokers", Integer.toString(brokers));
      try (Writer writer = Files.newBufferedWriter(file)) {
        properties.store(writer, null);
      }
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    String id = properties.getProperty("cluster.id");
    if (id == null) {
      throw new UnusableDataDirectoryException("%s names no cluster.id".formatted(file));
    }
    String size = properties.getProperty("brokers", "");
    if (!size.equals(Integer.toString(brokers))) {
      throw new UnusableDataDirectoryException(
          "data directory %s holds a cluster of %s broker(s), not %d: use that number, or another directory"
              .formatted(path, size, brokers));
    }
    return id;
  }

  Path path() {
    return path;
  }

  boolean isTemporary() {
    return temporary;
  }

  /** Whether that is in here, as a node's data is unless it was given a place of its own. */
  boolean holds(Path data) {
    return data.startsWith(path);
  }

  String clusterId() {
    return clusterId;
  }

  Path node(int id) {
    return path.resolve("node-" + id);
  }

  Path log(int id) {
    return path.resolve("node-" + id + ".log");
  }

  /** Lets another cluster have the directory; deletes it when it is temporary. */
  @Override
  public void close() {
    try {
      lock.close();
      if (temporary) {
        FileTree.delete(path);
      }
    } catch (IOException e) {
      throw new ClusterException(
          "data directory %s cannot be used: %s".formatted(path, describe(e)), e);
    }
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
