package dev.brigade.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests want to know of processes that are not their own children. */
final class Processes {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private Processes() {}

  /** Whether nothing of it runs any more; one that nobody has waited for counts as gone. */
  static boolean isGone(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether it became so within 20 s. */
  static boolean becomes(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** A pipe with a name: who reads it waits for who writes it. */
  static Path fifo(Path directory, String name) throws IOException, InterruptedException {
    Path fifo = directory.resolve(name);
    if (new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor() != 0) {
      throw new IOException("mkfifo failed: " + fifo);
    }
    return fifo;
  }

  /** A program that writes its process id to the named pipe and sleeps for ten minutes. */
  static Path sleeper(Path directory, Path fifo) throws IOException {
    Path sleeper = directory.resolve("sleeper");
    Files.writeString(sleeper, "#!/bin/sh\necho $$ >" + fifo + "\nexec sleep 600\n");
    if (!sleeper.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + sleeper);
    }
    return sleeper;
  }

  /**
   * Writes to a named pipe, which keeps it for a reader only while the channel returned is open.
   */
  static FileChannel write(Path fifo, String text) throws IOException {
    // Opened for both, it waits for no reader.
    FileChannel channel = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  /** Waits until somebody has written a process id to it. */
  static long readPid(Path fifo) throws IOException {
    return Long.parseLong(Files.readString(fifo).strip());
  }

  /** The processes that have this file open, but for this one. */
  static List<Long> holders(Path file) {
    List<Long> holders = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != ProcessHandle.current().pid() && holds(process, file.toRealPath())) {
          holders.add(pid);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return holders;
  }

  /** Leaves nothing running after a test that has failed. */
  static void killHolders(Path file) {
    holders(file).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  static boolean isOpenHere(Path file) throws IOException {
    return holds(Path.of("/proc/self"), file.toRealPath());
  }

  /** The guards that watch over the commands of this worker process. */
  static List<ProcessHandle> guards(ProcessHandle worker) {
    return worker
        .children()
        .filter(p -> p.info().commandLine().orElse("").contains("brigade-exec-guard"))
        .toList();
  }

  private static boolean holds(Path process, Path file) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.readSymbolicLink(descriptor).equals(file)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      // It ended meanwhile, or is another user's.
      return false;
    }
  }
}
