package dev.brigade.bench;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One run of one contender in one scenario, as it is kept in a file.
 *
 * @param scenario the scenario's name, such as {@code drain-1ms}
 * @param contender the contender's name, such as {@code spring-batch-12}
 * @param repetition from 1
 * @param startedAt when
 * @param command the contender's command line
 * @param configuration what the contender said about its configuration, one setting per line
 * @param figures what was measured; empty when the work was wrong
 * @param faults why the work was wrong (orders missing, meals in the wrong order, …), or why there
 *     is nothing to measure; empty when all is well
 * @param remarks what figures cannot say, for people, one line each; files of before there were any
 *     have none
 */
public record RunResult(
    String scenario,
    String contender,
    int repetition,
    Instant startedAt,
    List<String> command,
    List<String> configuration,
    Map<Figure, Double> figures,
    List<String> faults,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> remarks) {

  public RunResult {
    command = List.copyOf(command);
    configuration = List.copyOf(configuration);
    figures = Map.copyOf(figures);
    faults = List.copyOf(faults);
    remarks = List.copyOf(remarks);
  }

  public boolean isValid() {
    return faults.isEmpty();
  }
}
