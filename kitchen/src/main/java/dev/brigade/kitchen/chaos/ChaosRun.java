package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.TemporaryRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One soak with its files, in a directory of its own, of whose processes nothing is left behind.
 */
final class ChaosRun {
  private final ChaosPlan plan;
  private final Schedule schedule;
  private final List<Bound> bounds;
  private final Map<String, String> skipped;

  /**
   * @param bounds what the faults may cost, all of them together
   * @param skipped kinds of faults that this machine cannot have, and why
   */
  ChaosRun(ChaosPlan plan, Schedule schedule, List<Bound> bounds, Map<String, String> skipped) {
    this.plan = plan;
    this.schedule = schedule;
    this.bounds = List.copyOf(bounds);
    this.skipped = new TreeMap<>(skipped);
    String why = HeapWatch.whyNot();
    if (why != null) {
      this.skipped.put("heap", why);
    }
  }

  /**
   * @param files where schedule, ledger, verdict and page are written
   * @param notes for people; called on any thread
   * @param reached is told the verdict, if no signal comes first
   * @return the exit code: the verdict's, or the signal's
   */
  int run(ResultFiles files, Consumer<String> notes, Consumer<Verdict> reached)
      throws InterruptedException {
    files.schedule(schedule);
    return TemporaryRun.of(
        "chaos",
        notes,
        (directory, interrupts) -> {
          Verdict verdict =
              new SoakRun(plan, schedule, bounds, directory, files, interrupts, notes).run(skipped);
          files.verdict(verdict);
          reached.accept(verdict);
          return verdict.exitCode();
        });
  }
}
