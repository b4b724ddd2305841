package dev.brigade.cluster;

import dev.brigade.orders.LauncherFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a broker process: this JVM's own Java, class path and launcher flags, and
 * flags for a fast start and little memory.
 *
 * <p>The process ignores SIGINT and SIGHUP, which a terminal sends to it and its parent alike:
 * whoever uses the cluster is to end before the cluster does, and the parent knows when. Java keeps
 * to a signal that is ignored when it starts.
 */
final class BrokerCommand {
  /**
   * Only the simple compiler: the other one costs a starting broker 0.4 s and serves it nothing.
   */
  private static final List<String> DEFAULT_FLAGS =
      List.of(
          "-Xms64m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          "-Djava.awt.headless=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-Dorg.slf4j.simpleLogger.showDateTime=true",
          "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");

  private BrokerCommand() {}

  /** The flags given come after the default ones and win over them. */
  static List<String> of(List<String> jvmFlags) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LauncherFlags.ofThisJvm());
    command.addAll(DEFAULT_FLAGS);
    command.addAll(jvmFlags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BrokerMain.class.getName());
    return command;
  }
}
