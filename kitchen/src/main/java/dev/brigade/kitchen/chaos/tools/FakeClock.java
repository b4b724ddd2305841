package dev.brigade.kitchen.chaos.tools;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of child processes, which can be set while they run, by libfaketime. Their
 * monotonic clock, by which a JVM waits, stays as it is.
 */
public final class FakeClock {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
  static final String FILE = "clock-offset";

  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final Path library;
  private final Path offset;

  /**
   * A clock that is right, for now.
   *
   * @param directory where it keeps a file, which the processes read
   * @throws IOException with a line that says what is missing
   */
  public FakeClock(Path directory) throws IOException {
    this.library =
        library()
            .orElseThrow(
                () ->
                    new IOException(
                        "no %s below %s: install libfaketime".formatted(LIBRARY, PLACES)));
    this.offset = directory.toAbsolutePath().resolve(FILE);
    set(Duration.ZERO);
  }

  private static Optional<Path> library() throws IOException {
    for (Path place : PLACES) {
      if (Files.exists(place.resolve(LIBRARY))) {
        return Optional.of(place.resolve(LIBRARY));
      }
      Optional<Path> found = below(place);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Distributions have a directory per architecture. */
  private static Optional<Path> below(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> architectures = Files.newDirectoryStream(place, "*-linux-*")) {
      for (Path architecture : architectures) {
        if (Files.exists(architecture.resolve(LIBRARY))) {
          return Optional.of(architecture.resolve(LIBRARY));
        }
      }
    }
    return Optional.empty();
  }

  /** What a process has to have in its environment, and its children with it. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1",
        "NO_FAKE_STAT", "1");
  }

  /**
   * Sets the processes' clock to the right time plus the offset, which may be negative; they notice
   * within a second.
   */
  public void set(Duration offset) throws IOException {
    Path next = this.offset.resolveSibling(FILE + ".next");
    Files.writeString(next, String.format(Locale.ROOT, "%+.3f%n", offset.toMillis() / 1000.0));
    Files.move(
        next, this.offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
