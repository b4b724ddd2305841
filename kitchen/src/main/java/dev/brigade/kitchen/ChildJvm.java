package dev.brigade.kitchen;

import dev.brigade.orders.LauncherFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a brigade command in a process of its own: this Java, this class path. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * @param jvmFlags flags of the caller's own, after (thus over) those of the launcher
   * @param arguments the command and its options
   */
  static List<String> command(List<String> jvmFlags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LauncherFlags.ofThisJvm());
    command.addAll(jvmFlags);
    command.add(LauncherFlags.passedOn());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Brigade.class.getName());
    command.addAll(arguments);
    return command;
  }
}
