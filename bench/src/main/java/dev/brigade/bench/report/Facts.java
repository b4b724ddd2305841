package dev.brigade.bench.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where, with what, when and by which command the figures were measured, for people. */
final class Facts {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final double GIB = 1024.0 * 1024 * 1024;

  private Facts() {}

  static Map<String, String> of(Results results) {
    Machine machine = results.machine();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", "%d × %s".formatted(machine.cpus(), machine.cpu()));
    facts.put("Memory", String.format(Locale.ROOT, "%.1f GiB", machine.memoryBytes() / GIB));
    facts.put("System", machine.system());
    facts.put("Java", machine.java());
    facts.put("Kafka", machine.kafka());
    facts.put("Brigade", "%s, commit %s".formatted(machine.brigade(), machine.commit()));
    facts.put("Measured", date(machine.startedAt()));
    return facts;
  }

  /** What was typed, once each. */
  static List<String> commands(Results results) {
    return results.machines().stream()
        .map(machine -> commandLine(machine.commandLine()))
        .distinct()
        .toList();
  }

  static String date(Instant instant) {
    return DATE.format(instant);
  }

  /** As a shell would take it. */
  static String commandLine(List<String> command) {
    List<String> words = new ArrayList<>();
    for (String word : command) {
      words.add(
          word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return String.join(" ", words);
  }
}
