package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The work of a scenario, as it was measured.
 *
 * @param name such as {@code drain-1ms}
 * @param description for people, one line
 * @param parameters what makes two runs the same work: orders, keys, partitions, payload bytes,
 *     concurrency, cook time, …; in the order in which people should read them
 * @param columns the figures to show, the one to sort by first
 */
public record RecordedScenario(
    String name, String description, Map<String, String> parameters, List<Figure> columns) {
  public RecordedScenario {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    columns = List.copyOf(columns);
  }

  /** What would be other work under the same name, in words; empty when it is the same work. */
  List<String> differences(RecordedScenario now) {
    Set<String> names = new LinkedHashSet<>(parameters.keySet());
    names.addAll(now.parameters.keySet());
    List<String> differences = new ArrayList<>();
    for (String parameter : names) {
      String before = parameters.getOrDefault(parameter, "not given");
      String after = now.parameters.getOrDefault(parameter, "not given");
      if (!Objects.equals(before, after)) {
        differences.add("%s was %s, is %s".formatted(parameter, before, after));
      }
    }
    return differences;
  }
}
