package dev.brigade.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a command measured on, and with what. Figures of one results directory are compared with
 * each other, so all of it but the date and the command line must stay the same there.
 *
 * @param cpu the processors' model
 * @param cpus how many of them this process may use
 * @param memoryBytes how much memory it may use
 * @param system the operating system with its kernel's version
 * @param java the virtual machine that runs the harness and the contenders of ours
 * @param kafka the version of clients and broker
 * @param brigade Brigade's version
 * @param commit the commit it was built from, or {@code unknown}
 * @param startedAt when the command was started
 * @param commandLine what was typed
 */
public record Machine(
    String cpu,
    int cpus,
    long memoryBytes,
    String system,
    String java,
    String kafka,
    String brigade,
    String commit,
    Instant startedAt,
    List<String> commandLine) {
  public Machine {
    commandLine = List.copyOf(commandLine);
  }

  /** What would make figures incomparable, in words; empty when nothing does. */
  List<String> differences(Machine now) {
    List<String> differences = new ArrayList<>();
    compare(differences, "CPU", cpu, now.cpu);
    compare(differences, "CPUs", cpus, now.cpus);
    compare(differences, "bytes of memory", memoryBytes, now.memoryBytes);
    compare(differences, "system", system, now.system);
    compare(differences, "Java", java, now.java);
    compare(differences, "Kafka", kafka, now.kafka);
    compare(differences, "Brigade", brigade, now.brigade);
    compare(differences, "commit", commit, now.commit);
    return differences;
  }

  private static void compare(List<String> differences, String what, Object then, Object now) {
    if (!Objects.equals(then, now)) {
      differences.add("%s was %s, is %s".formatted(what, then, now));
    }
  }
}
