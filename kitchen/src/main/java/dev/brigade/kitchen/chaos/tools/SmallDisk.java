package dev.brigade.kitchen.chaos.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own for a directory: a tmpfs, which needs root. It is unmounted when closed and
 * when this JVM ends, with all it holds. A broker gets it by {@code
 * KafkaClusterBuilder.nodeDirectory}.
 */
public final class SmallDisk implements AutoCloseable {
  private static final String MAKE =
      "mkdir -p \"$1\" && mount -t tmpfs -o size=\"$2\" brigade \"$1\"";

  /** Who still has files open there keeps them, out of everybody else's sight. */
  private static final String UNDO =
      "{ umount \"$1\" 2>/dev/null || umount -l \"$1\"; } && rmdir \"$1\"";

  private static final String FILLER = "filler";
  private static final int BLOCK = 64 * 1024;
  private static final String FULL = "No space left on device";

  private final Path directory;
  private final SystemChange change;

  private SmallDisk(Path directory, SystemChange change) {
    this.directory = directory;
    this.change = change;
  }

  /**
   * @param directory where the disk is to be seen; made if it is not there, gone with the disk
   * @param bytes its size
   * @throws IOException with a line that says why it cannot be mounted
   */
  public static SmallDisk mount(Path directory, long bytes) throws IOException {
    Path place = directory.toAbsolutePath();
    return new SmallDisk(
        place, SystemChange.make(MAKE, UNDO, place.toString(), Long.toString(bytes)));
  }

  public Path directory() {
    return directory;
  }

  /** Bytes that can still be written. */
  public long free() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** Writes a file of its own until no byte is free. */
  public void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream filler = Files.newOutputStream(directory.resolve(FILLER))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException e) {
      if (!FULL.equals(e.getMessage())) {
        throw e;
      }
    }
  }

  /** Gives it another size while it is in use; its files stay. */
  public void resize(long bytes) throws IOException, InterruptedException {
    SystemCommand.run("mount", "-o", "remount,size=" + bytes, directory.toString());
  }

  @Override
  public void close() throws IOException {
    change.close();
  }
}
