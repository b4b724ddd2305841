package dev.brigade.kitchen;

import dev.brigade.orders.LauncherFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child process: this JVM's own Java and class path, small flags for a
 * machine that runs many of them, and over them the flags the launcher hands down.
 */
final class ChildJvm {
  static final String MAIN_CLASS = Brigade.class.getName();

  /**
   * Without the file for performance counters a killed process leaves nothing in the temporary
   * directory.
   */
  private static final List<String> SMALL =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  /** Java keeps to a signal that is ignored when it starts. */
  private static final List<String> IGNORING_INTERRUPTS =
      List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private ChildJvm() {}

  /**
   * @param flags of this child alone, over all others
   */
  static List<String> command(List<String> flags, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(IGNORING_INTERRUPTS);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.addAll(LauncherFlags.ofThisJvm());
    command.addAll(flags);
    command.add(LauncherFlags.passedOn());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
