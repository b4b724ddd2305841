package dev.brigade.bench.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A figure that a goal needs and that is not there.
 *
 * @param why such as {@code not run}
 */
record Missing(String scenario, String contender, String why) {
  /** For people: who is missing, put together where place and reason are the same. */
  static List<String> words(Collection<Missing> missing) {
    Map<String, List<String>> contenders =
        missing.stream()
            .distinct()
            .collect(
                Collectors.groupingBy(
                    one -> "%s in %s: ".formatted(one.why, one.scenario),
                    LinkedHashMap::new,
                    Collectors.mapping(Missing::contender, Collectors.toList())));
    return contenders.entrySet().stream()
        .map(same -> same.getKey() + String.join(", ", same.getValue()))
        .toList();
  }
}
