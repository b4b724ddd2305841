package dev.brigade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log of its garbage collections ({@code -Xlog:gc:file=…:time}) tells about a JVM's heap.
 * Sizes are whole mebibytes there, so that short runs tell little.
 */
final class GarbageLog {
  private static final Pattern PAUSE =
      Pattern.compile("^\\[([^]]+)\\].* Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\).*");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  /** Fewer pauses than this between two moments tell nothing. */
  private static final int FEWEST_PAUSES = 3;

  /** A full collection that {@code jcmd} asked for. */
  private static final String DEMANDED = "(Diagnostic Command)";

  private record Pause(long atMillis, boolean demanded, long before, long after) {}

  private GarbageLog() {}

  /**
   * Bytes allocated per second between the two moments: what lay there before a pause, less what
   * the pause before had left. Empty where there are too few pauses, or where there is no such log.
   */
  static OptionalDouble bytesPerSecond(Path log, long fromMillis, long toMillis) {
    List<Pause> pauses =
        pauses(log).stream()
            .filter(pause -> pause.atMillis >= fromMillis && pause.atMillis <= toMillis)
            .toList();
    if (pauses.size() < FEWEST_PAUSES) {
      return OptionalDouble.empty();
    }
    long mebibytes = 0;
    for (int i = 1; i < pauses.size(); i++) {
      mebibytes += Math.max(0, pauses.get(i).before - pauses.get(i - 1).after);
    }
    double seconds = (pauses.get(pauses.size() - 1).atMillis - pauses.get(0).atMillis) / 1000.0;
    return seconds > 0
        ? OptionalDouble.of(mebibytes * 1024.0 * 1024.0 / seconds)
        : OptionalDouble.empty();
  }

  /**
   * Mebibytes that full collections on demand left, one after the other: what the program still
   * uses. Nothing where there is no such log.
   */
  static List<Long> leftByDemand(Path log) {
    return pauses(log).stream().filter(Pause::demanded).map(Pause::after).toList();
  }

  private static List<Pause> pauses(Path log) {
    List<Pause> pauses = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(log)) {
        Matcher pause = PAUSE.matcher(line);
        if (pause.matches()) {
          pauses.add(
              new Pause(
                  OffsetDateTime.parse(pause.group(1), TIME).toInstant().toEpochMilli(),
                  line.contains(DEMANDED),
                  Long.parseLong(pause.group(2)),
                  Long.parseLong(pause.group(3))));
        }
      }
      return pauses;
    } catch (IOException e) {
      return List.of();
    }
  }
}
