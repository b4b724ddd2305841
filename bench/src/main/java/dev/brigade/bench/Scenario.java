package dev.brigade.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is measured under a name.
 *
 * @param name for the command line, files and tables
 * @param what for people, one line
 * @param variants of the work, the same for every contender; one, unless something grows
 * @param procedure how a run goes
 * @param repetitions of each contender, unless told otherwise
 * @param columns the figures that its table shows
 * @param contenders names of those that are in it unless told otherwise
 */
record Scenario(
    String name,
    String what,
    List<Variant> variants,
    Procedure procedure,
    int repetitions,
    List<Figure> columns,
    List<String> contenders) {

  Scenario(
      String name,
      String what,
      Workload work,
      Procedure procedure,
      int repetitions,
      List<Figure> columns,
      List<String> contenders) {
    this(name, what, List.of(Variant.only(work)), procedure, repetitions, columns, contenders);
  }

  Scenario scaled(double factor) {
    List<Variant> scaled = variants.stream().map(variant -> variant.scaled(factor)).toList();
    return new Scenario(name, what, scaled, procedure, repetitions, columns, contenders);
  }

  /**
   * For reports, and to tell whether two runs did the same work. What differs between the variants
   * is given for each of them.
   */
  Map<String, String> parameters() {
    List<Map<String, String>> all =
        variants.stream().map(variant -> variant.work().parameters()).toList();
    Map<String, String> parameters = new LinkedHashMap<>(all.get(0));
    parameters.replaceAll(
        (name, value) -> {
          List<String> values = all.stream().map(one -> one.getOrDefault(name, "")).toList();
          return Set.copyOf(values).size() == 1 ? value : String.join(" / ", values);
        });
    return parameters;
  }
}
