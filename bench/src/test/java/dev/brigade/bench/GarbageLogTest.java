package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageLogTest {
  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void writeALog() throws Exception {
    log = directory.resolve("gc");
    Files.writeString(
        log,
        """
        [2026-11-20T10:00:00.000+0000] Using G1
        [2026-11-20T10:00:01.000+0000] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 20M->5M(256M) 1.2ms
        [2026-11-20T10:00:02.000+0000] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 25M->6M(256M) 1.2ms
        [2026-11-20T10:00:02.500+0000] GC(2) Concurrent Mark Cycle 12.0ms
        [2026-11-20T10:00:03.000+0000] GC(2) Pause Remark 16M->14M(256M) 1.2ms
        [2026-11-20T10:00:05.000+0000] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 44M->7M(256M) 1.2ms
        """);
  }

  @Test
  void addsUpWhatCameBetweenThePauses() {
    // 5 to 25, 6 to 16, 14 to 44: 60 MiB in 4 s
    assertThat(GarbageLog.bytesPerSecond(log, START, START + 10_000)).hasValue(15.0 * 1024 * 1024);
  }

  @Test
  void looksOnlyAtTheTimeAskedFor() {
    // 5 to 25, 6 to 16: 30 MiB in 2 s
    assertThat(GarbageLog.bytesPerSecond(log, START, START + 4_000)).hasValue(15.0 * 1024 * 1024);
  }

  @Test
  void tellsNothingFromTwoPauses() {
    assertThat(GarbageLog.bytesPerSecond(log, START, START + 2_500)).isEmpty();
  }

  @Test
  void tellsWhatFullCollectionsOnDemandLeftAndNoOthers() throws Exception {
    Files.writeString(
        log,
        """
        [2026-11-20T10:00:06.000+0000] GC(4) Pause Full (Diagnostic Command) 44M->9M(256M) 90.2ms
        [2026-11-20T10:00:07.000+0000] GC(5) Pause Full (G1 Compaction Pause) 250M->30M(256M) 99.2ms
        [2026-11-20T10:00:08.000+0000] GC(6) Pause Young (Normal) (G1 Evacuation Pause) 60M->31M(256M) 1.2ms
        [2026-11-20T10:00:09.000+0000] GC(7) Pause Full (Diagnostic Command) 70M->12M(256M) 90.2ms
        """,
        StandardOpenOption.APPEND);

    assertThat(GarbageLog.leftByDemand(log)).containsExactly(9L, 12L);
  }

  @Test
  void tellsNothingWithoutALog() {
    assertThat(GarbageLog.leftByDemand(directory.resolve("none"))).isEmpty();
    assertThat(GarbageLog.bytesPerSecond(directory.resolve("none"), START, START + 1)).isEmpty();
  }
}
