package dev.brigade.kitchen.chaos;

import java.util.List;
import java.util.Map;

/**
 * The kinds of faults that a soak can have.
 *
 * @param skipped those of its profile that it cannot, and why
 */
record Possible(List<FaultKind> kinds, Map<String, String> skipped) {
  Possible {
    kinds = List.copyOf(kinds);
    skipped = Map.copyOf(skipped);
  }

  static Possible on(ChaosPlan plan) {
    return new Possible(Faults.kinds(plan), Map.of());
  }
}
