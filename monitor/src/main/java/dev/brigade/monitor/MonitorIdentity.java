package dev.brigade.monitor;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who this monitor is among those of its kitchen, kept in a directory so that a monitor that is
 * started again after a crash takes its own place back without waiting for any timeout. The
 * directory holds one numbered place per monitor that runs at the same time; a place is locked
 * while its monitor lives. Losing the directory loses nothing but that.
 */
final class MonitorIdentity implements AutoCloseable {
  private static final int MOST_PLACES = 100;

  private final Kitchen kitchen;
  private final String id;
  private final FileChannel lockFile;

  private MonitorIdentity(Kitchen kitchen, String id, FileChannel lockFile) {
    this.kitchen = kitchen;
    this.id = id;
    this.lockFile = lockFile;
  }

  /**
   * @throws CommandFailure if the directory cannot be used
   */
  static MonitorIdentity take(Path directory, Kitchen kitchen) {
    Path places = directory.resolve(kitchen.monitorApplicationId());
    try {
      Files.createDirectories(places);
      for (int place = 0; place < MOST_PLACES; place++) {
        MonitorIdentity identity = tryTake(places, place, kitchen);
        if (identity != null) {
          return identity;
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "--state-dir " + directory + " cannot be used: " + e, e);
    }
    throw new CommandFailure(
        ExitCode.FAILED, "--state-dir " + directory + ": " + MOST_PLACES + " monitors run there");
  }

  private static @Nullable MonitorIdentity tryTake(Path places, int place, Kitchen kitchen)
      throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            places.resolve(place + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      return null;
    }
    return new MonitorIdentity(kitchen, readOrDraw(places.resolve(place + ".id")), lockFile);
  }

  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      @Nullable FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another monitor of this very JVM holds it.
      return false;
    }
  }

  private static String readOrDraw(Path file) throws IOException {
    String id = Files.exists(file) ? Files.readString(file).strip() : "";
    if (id.matches("[0-9a-f-]{36}")) {
      return id;
    }
    String drawn = UUID.randomUUID().toString();
    Files.writeString(file, drawn);
    return drawn;
  }

  /** Static membership: the group gives this monitor its tasks back. */
  String groupInstanceId() {
    return id;
  }

  String transactionalId(String thread) {
    return kitchen.monitorApplicationId() + "-" + id + "-" + thread;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
