package dev.brigade.producer;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines that did not become orders in the log, one JSON object per line, in a file that appears
 * with the first of them. Thread-safe; what cannot be written is reported by {@link #check()}.
 */
final class RejectsFile implements AutoCloseable {
  private final Path path;
  private @Nullable BufferedWriter writer;
  private @Nullable IOException failure;
  private long count;

  private RejectsFile(Path path) {
    this.path = path;
  }

  /**
   * @param input the file that is loaded, or null for standard input
   * @throws CommandFailure as wrong usage if no file can be written there, before anything is sent
   */
  static RejectsFile at(Path path, @Nullable Path input) {
    Path parent = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw refuse(path, "is a directory");
    }
    if (input != null && isSame(path, input)) {
      throw refuse(path, "is the file of orders itself");
    }
    boolean exists = Files.exists(path);
    if (exists ? !Files.isWritable(path) : parent == null || !Files.isWritable(parent)) {
      throw refuse(path, "cannot be written; name another file with --rejects FILE");
    }
    return new RejectsFile(path);
  }

  private static boolean isSame(Path path, Path input) {
    try {
      return Files.exists(path) && Files.isSameFile(path, input);
    } catch (IOException e) {
      return false;
    }
  }

  private static CommandFailure refuse(Path path, String why) {
    return CommandFailure.usage("the rejects file " + path + " " + why);
  }

  /**
   * One refused line.
   *
   * @param line from 1
   * @param bytes of the whole line, its end not counted; absent where it is no longer at hand
   * @param text its beginning; absent likewise
   */
  record Reject(long line, String reason, @Nullable Long bytes, @Nullable String text) {}

  synchronized void add(Reject reject) {
    count++;
    try {
      if (writer == null) {
        writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
      }
      writer.write(Json.writeText(reject));
      writer.newLine();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  synchronized long count() {
    return count;
  }

  Path path() {
    return path;
  }

  /** Whether there is such a file although nothing was rejected. */
  synchronized boolean isLeftOver() {
    return count == 0 && Files.exists(path);
  }

  /**
   * @throws CommandFailure if a rejected line could not be written down
   */
  synchronized void check() {
    if (failure != null) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "cannot write the rejects file " + path + ": " + failure.getMessage(),
          failure);
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    check();
  }
}
