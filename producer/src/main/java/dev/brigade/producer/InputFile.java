package dev.brigade.producer;

import dev.brigade.orders.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code load} reads: a file, whose change under the reading is noticed, or a stream. */
final class InputFile implements AutoCloseable {
  private final String name;
  private final ReadableByteChannel channel;
  private final @Nullable Path path;
  private final @Nullable BasicFileAttributes before;

  private InputFile(
      String name,
      ReadableByteChannel channel,
      @Nullable Path path,
      @Nullable BasicFileAttributes before) {
    this.name = name;
    this.channel = channel;
    this.path = path;
    this.before = before;
  }

  static InputFile ofStream(String name, ReadableByteChannel channel) {
    return new InputFile(name, channel, null, null);
  }

  /**
   * @throws CommandFailure as wrong usage if it is a directory or cannot be opened
   */
  static InputFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw CommandFailure.usage(path + " is a directory, expected a file of orders (NDJSON)");
    }
    if (!Files.exists(path)) {
      throw CommandFailure.usage(path + " does not exist");
    }
    if (!Files.isReadable(path)) {
      throw CommandFailure.usage(path + " cannot be read: permission denied");
    }
    try {
      BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
      return new InputFile(
          path.toString(), FileChannel.open(path), path, before.isRegularFile() ? before : null);
    } catch (IOException e) {
      throw CommandFailure.usage(path + " cannot be read: " + e.getMessage());
    }
  }

  String name() {
    return name;
  }

  ReadableByteChannel channel() {
    return channel;
  }

  @Nullable Path path() {
    return path;
  }

  /** Whether reading it never waits for somebody who writes. */
  boolean isRegular() {
    return before != null;
  }

  /** In bytes when it was opened; 0 if it is a stream. */
  long size() {
    return before == null ? 0 : before.size();
  }

  /**
   * @param bytesRead how many the reading found
   * @return how the file changed while it was read, or null if it did not or is a stream
   */
  @Nullable String howItChanged(long bytesRead) {
    if (path == null || before == null) {
      return null;
    }
    try {
      BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
      if (!Objects.equals(before.fileKey(), after.fileKey())) {
        return "another file took its place";
      }
      if (before.size() != after.size() || bytesRead != after.size()) {
        return "it had " + before.size() + " bytes, then " + after.size();
      }
      return before.lastModifiedTime().equals(after.lastModifiedTime())
          ? null
          : "it was written to";
    } catch (IOException e) {
      return "it was removed";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
