package dev.brigade.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured under a name.
 *
 * @param name for the command line, files and tables
 * @param what for people, one line
 * @param work the same for every contender
 * @param procedure how a run goes
 * @param repetitions of each contender, unless told otherwise
 * @param columns the figures that its table shows
 * @param contenders names of those that are in it unless told otherwise
 */
record Scenario(
    String name,
    String what,
    Workload work,
    Procedure procedure,
    int repetitions,
    List<Figure> columns,
    List<String> contenders) {

  Scenario scaled(double factor) {
    Workload scaled = work.withOrders((int) Math.max(1, Math.round(work.orders() * factor)));
    return new Scenario(name, what, scaled, procedure, repetitions, columns, contenders);
  }

  /** For reports, and to tell whether two runs did the same work. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.putAll(work.parameters());
    return parameters;
  }
}
