package dev.brigade.bench.report;

import java.util.Comparator;
import java.util.List;

/** The order in which a report shows scenarios: the known ones as people read them, then others. */
final class ScenarioOrder implements Comparator<String> {
  private static final List<String> KNOWN =
      List.of(
          "drain-0ms",
          "drain-1ms",
          "drain-10ms",
          "drain-100ms-100",
          "drain-100ms-1000",
          "hot-key",
          "slow-head",
          "latency-2000",
          "latency-70",
          "takeover-kill",
          "takeover-term",
          "takeover-join",
          "scale-out-1",
          "scale-out-2",
          "scale-out-4",
          "scale-out-8",
          "exactly-once",
          "latency-exactly-once",
          "memory",
          "stuck-head",
          "growth-chefs",
          "growth-keys",
          "growth-partitions",
          "growth-in-flight",
          "start",
          "monitor",
          "producer");

  @Override
  public int compare(String one, String other) {
    int byPlace = Integer.compare(place(one), place(other));
    return byPlace != 0 ? byPlace : one.compareTo(other);
  }

  private static int place(String scenario) {
    int place = KNOWN.indexOf(scenario);
    return place < 0 ? KNOWN.size() : place;
  }
}
