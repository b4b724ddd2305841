package dev.brigade.kitchen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a dead worker may have left running: its process group and, where {@code /proc} tells a
 * process's environment, whatever else inherited the worker's mark, which is how the commands of
 * {@code exec} recipes are found: each has a session of its own.
 */
final class Remains {
  /** The environment variable that holds the mark. */
  static final String VARIABLE = "BRIGADE_SUPERVISED";

  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Path PROC = Path.of("/proc");

  /**
   * For the worker's own guard, which kills its commands and then ends; it also knows those that
   * cleared their environment, and so is not to be killed before it is through.
   */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 5;

  private final long group;
  private final String marked;

  /**
   * @param group the worker's process group, which no other process may have led since
   * @param mark the value of {@link #VARIABLE} in the worker's environment, unique
   */
  Remains(long group, String mark) {
    this.group = group;
    this.marked = "\0" + VARIABLE + "=" + mark + "\0";
  }

  /** Returns when all have ended; gives up after 5 s, with a warning. */
  void kill() throws InterruptedException {
    killGroup();
    long start = System.nanoTime();
    for (List<ProcessHandle> left = marked(); !left.isEmpty(); left = marked()) {
      long waited = System.nanoTime() - start;
      if (waited > LIMIT.toNanos()) {
        LOG.warn("cannot kill {}", left.stream().map(ProcessHandle::pid).toList());
        return;
      }
      if (waited > PATIENCE.toNanos()) {
        left.forEach(ProcessHandle::destroyForcibly);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void killGroup() throws InterruptedException {
    try {
      new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + group + " 2>/dev/null")
          .start()
          .waitFor(); // fails if the group is empty, as it mostly is
    } catch (IOException e) {
      LOG.warn("cannot kill process group {}: {}", group, e.toString());
    }
  }

  private List<ProcessHandle> marked() {
    List<ProcessHandle> found = new ArrayList<>();
    if (!Files.isReadable(PROC.resolve("self/environ"))) {
      return found;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("cannot look for what process {} has started: {}", group, e.toString());
    }
    return found;
  }

  /** A process that has ended but not been reaped has no environment any more. */
  private boolean isMarked(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0").contains(marked);
    } catch (IOException e) {
      return false; // It ended meanwhile, or belongs to another user and is none of ours.
    }
  }
}
