package dev.brigade.bench;

import dev.brigade.kitchen.RunDirectory;
import dev.brigade.kitchen.TemporaryRun;
import dev.brigade.orders.Interrupts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of one contender: who it is, what its work is, and the stages it is put on, one after the
 * other. Confined to one thread.
 */
final class Run {
  private final Contender contender;
  private final Workload work;
  private final RunDirectory directory;
  private final Interrupts interrupts;
  private final String prefix;
  private int processes;
  private @Nullable ContenderProcess first;

  /**
   * @param prefix of the names of processes and their files, unique in the directory
   */
  Run(
      Contender contender,
      Workload work,
      RunDirectory directory,
      Interrupts interrupts,
      String prefix) {
    this.contender = contender;
    this.work = work;
    this.directory = directory;
    this.interrupts = interrupts;
    this.prefix = prefix;
  }

  Contender contender() {
    return contender;
  }

  Workload work() {
    return work;
  }

  /** A fresh broker without orders. */
  Stage stage() {
    TemporaryRun.stopIfTold(interrupts);
    return new Stage(this, Site.open(work.partitions()));
  }

  /**
   * @param more what this run tells its processes over what all are told
   */
  ContenderProcess start(Site site, Map<String, String> more) {
    String name = prefix + "-" + ++processes;
    ContenderProcess process =
        ContenderProcess.start(directory, name, contender.command(), site, work, more);
    if (first == null) {
      first = process;
    }
    return process;
  }

  /** A file of this run. */
  Path file(String name) {
    return directory.path().resolve(prefix + "-" + name);
  }

  /**
   * @throws TemporaryRun.Stopped if a signal has come
   */
  void stopIfTold() {
    TemporaryRun.stopIfTold(interrupts);
  }

  /** What the contender said about its configuration. */
  List<String> configuration() {
    Stream<String> output = first == null ? Stream.empty() : first.output().stream();
    return output
        .filter(line -> line.startsWith(ContenderProcess.CONFIG_PREFIX))
        .map(line -> line.substring(ContenderProcess.CONFIG_PREFIX.length()))
        .toList();
  }
}
