package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.chaos.tools.Doctor;
import dev.brigade.kitchen.chaos.tools.Finding;
import dev.brigade.kitchen.chaos.tools.Tool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kinds of faults that a soak can have.
 *
 * @param skipped those of its profile that this machine cannot inject, and why
 */
record Possible(List<FaultKind> kinds, Map<String, String> skipped) {
  Possible {
    kinds = List.copyOf(kinds);
    skipped = Map.copyOf(skipped);
  }

  /** Tries the tools that the plan's faults need. */
  static Possible on(ChaosPlan plan, Doctor doctor) throws InterruptedException {
    Map<Tool, Finding> findings = new EnumMap<>(Tool.class);
    List<FaultKind> kinds = new ArrayList<>();
    Map<String, String> skipped = new TreeMap<>();
    for (FaultKind kind : Faults.kinds(plan)) {
      Finding finding = findings.get(kind.tool());
      if (finding == null) {
        finding = doctor.probe(kind.tool());
        findings.put(kind.tool(), finding);
      }
      if (finding.works()) {
        kinds.add(kind);
      } else {
        skipped.put(kind.toString(), finding.why());
      }
    }
    return new Possible(kinds, skipped);
  }
}
