package dev.brigade.kitchen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of one more process of this distribution: the same Java, the same class path and
 * the flags that the launcher gives to every JVM (the class-data archive above all, without which a
 * start takes twice as long).
 */
final class ChildJvm {
  /** Set by the launcher: flags, one per line, for paths have blanks in them. */
  private static final String FLAGS = "brigade.jvm.flags";

  private ChildJvm() {}

  /** Flags for any JVM with this class path; none when the launcher did not start this process. */
  static List<String> flags() {
    return System.getProperty(FLAGS, "").lines().filter(flag -> !flag.isBlank()).toList();
  }

  /**
   * @param jvmFlags flags of the caller's own, after (thus over) the common ones
   * @param arguments the brigade command and its options
   */
  static List<String> command(List<String> jvmFlags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(jvmFlags);
    command.add("-D" + FLAGS + "=" + System.getProperty(FLAGS, ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Brigade.class.getName());
    command.addAll(arguments);
    return command;
  }
}
