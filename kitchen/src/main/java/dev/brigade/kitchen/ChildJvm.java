package dev.brigade.kitchen;

import dev.brigade.orders.LauncherFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  /** What the launcher gives a worker beside the flags that it hands down. */
  private static final String OF_WORKERS = "-XX:+ExitOnOutOfMemoryError";

  /** The launcher's too, for a worker without recipes in Java. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  /** The launcher's variable for a user's own flags, separated by blanks. */
  private static final String USER_FLAGS = "BRIGADE_JAVA_OPTS";

  private ChildJvm() {}

  /**
   * @param flags of this child alone, over all others
   */
  static List<String> command(List<String> flags, String mainClass, List<String> arguments) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(LauncherFlags.ofThisJvm());
    all.addAll(flags);
    return line(all, mainClass, arguments);
  }

  /**
   * The command line of a worker with the JVM that the launcher would give it, not a small one.
   *
   * @param flag of this child alone
   * @param arguments the command and its options
   */
  static List<String> worker(String flag, List<String> arguments) {
    List<String> all = new ArrayList<>(LauncherFlags.ofThisJvm());
    all.add(OF_WORKERS);
    if (arguments.stream().noneMatch(argument -> argument.contains("=class:"))) {
      all.add(QUICK_COMPILER);
    }
    all.add(flag);
    Stream.of(System.getenv().getOrDefault(USER_FLAGS, "").split("\\s+"))
        .filter(word -> !word.isEmpty())
        .forEach(all::add);
    return line(all, MAIN_CLASS, arguments);
  }

  private static List<String> line(List<String> flags, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(IGNORING_INTERRUPTS);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(LauncherFlags.passedOn());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
