package dev.brigade.kitchen.chaos.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Tries what is done to disks and clocks, on a disk and a child process of its own. */
final class MachineProbes {
  private static final long DISK_BYTES = 1 << 20;
  private static final Duration OFFSET = Duration.ofHours(1);
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private MachineProbes() {}

  static String smallDisk() throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory("brigade-doctor-");
    try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), DISK_BYTES)) {
      disk.fill();
      if (disk.free() != 0) {
        throw new IOException("%d bytes are free on a full disk".formatted(disk.free()));
      }
      disk.resize(2 * DISK_BYTES);
      if (disk.free() < DISK_BYTES) {
        throw new IOException("an enlarged disk has %d bytes free".formatted(disk.free()));
      }
      return "a disk was filled and enlarged";
    } finally {
      Files.deleteIfExists(parent);
    }
  }

  static String fakeClock() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("brigade-doctor-");
    Path file = directory.resolve(FakeClock.FILE);
    try {
      FakeClock clock = new FakeClock(directory);
      clock.set(OFFSET);
      ProcessBuilder date = new ProcessBuilder("date", "+%s");
      date.environment().putAll(clock.environment());
      String shown = SystemCommand.run(date).strip();
      Duration moved =
          Duration.between(Instant.now(), Instant.ofEpochSecond(Long.parseLong(shown)));
      if (moved.minus(OFFSET).abs().compareTo(TOLERANCE) > 0) {
        throw new IOException("a child's clock was moved by %s, not 1 h".formatted(moved));
      }
      return "a child's clock was moved by an hour";
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }
}
