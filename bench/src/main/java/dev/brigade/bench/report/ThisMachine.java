package dev.brigade.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** Looks at where this process runs. In a container that is what the container may use. */
public final class ThisMachine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private ThisMachine() {}

  /**
   * @param brigade Brigade's version
   * @param commit the commit it was built from, or {@code unknown}
   */
  public static Machine describe(
      String brigade, String commit, Instant startedAt, List<String> commandLine) {
    return new Machine(
        cpuModel(CPU_INFO),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        "%s %s, %s".formatted(property("os.name"), property("os.version"), property("os.arch")),
        "%s %s".formatted(property("java.vm.name"), property("java.runtime.version")),
        AppInfoParser.getVersion(),
        brigade,
        commit,
        startedAt,
        commandLine);
  }

  static String cpuModel(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      // Where there is no /proc, or no model in it, the report is poorer by a line.
      return "unknown";
    }
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
