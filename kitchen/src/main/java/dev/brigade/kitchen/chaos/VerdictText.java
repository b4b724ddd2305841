package dev.brigade.kitchen.chaos;

import dev.brigade.audit.Violation;
import dev.brigade.kitchen.Format;
import dev.brigade.kitchen.TextTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict for a terminal. */
final class VerdictText {
  private final Verdict verdict;

  VerdictText(Verdict verdict) {
    this.verdict = verdict;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(faults().lines());
    lines.add("");
    Verdict.Counts counts = verdict.counts();
    lines.add(
        "  %s orders acknowledged, %s unknown, %s failed; %s in the log: %s cooked, %s dead letters"
            .formatted(
                Format.count(counts.acked()),
                Format.count(counts.unknown()),
                Format.count(counts.failed()),
                Format.count(counts.ordersInLog()),
                Format.count(counts.meals()),
                Format.count(counts.dead())));
    lines.add(
        "  %s ends came twice (%s allowed)"
            .formatted(
                Format.count(counts.duplicates()), Format.count(counts.duplicatesAllowed())));
    lines.add(
        "  orders waited %s before the first fault; nothing ended for %d s at the longest"
            .formatted(
                Format.seconds(verdict.usualWaitSeconds()), verdict.longestStandstillSeconds()));
    for (Verdict.BoundLine bound : verdict.bounds()) {
      lines.add(
          "  %s: %s, %s".formatted(bound.bound(), bound.kept() ? "kept" : "MISSED", bound.seen()));
    }
    for (Violation violation : verdict.violations()) {
      lines.add(
          "  %s broken %s times: %s, for example %s"
              .formatted(
                  violation.invariant(),
                  Format.count(violation.count()),
                  violation.message(),
                  String.join("; ", violation.examples())));
    }
    verdict.restarts().forEach(restart -> lines.add("  started again: " + restart));
    verdict.skipped().forEach((fault, why) -> lines.add("  skipped: " + fault + ", " + why));
    verdict.notes().forEach(note -> lines.add("  not seen: " + note));
    lines.add("");
    lines.add("  %s (seed %d)".formatted(verdict.verdict(), verdict.seed()));
    return lines;
  }

  private TextTable faults() {
    TextTable table =
        new TextTable("at", "fault", "victim", "first progress", "all", "drained", "shown by");
    for (Verdict.FaultLine fault : verdict.faults()) {
      table.row(
          seconds(fault.injectedAtMs()),
          fault.kind().toString(),
          fault.victim() == null ? "" : fault.victim(),
          seconds(fault.firstProgressMs()),
          seconds(fault.allProgressMs()),
          seconds(fault.drainedMs()),
          shownBy(fault));
    }
    return table;
  }

  private static String shownBy(Verdict.FaultLine fault) {
    if (fault.failure() != null) {
      return "FAILED: " + fault.failure();
    }
    return fault.evidence() == null ? "NOTHING" : fault.evidence();
  }

  private static String seconds(@Nullable Long millis) {
    return millis == null ? "" : Format.seconds(millis / 1000.0);
  }
}
