package dev.brigade.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.brigade.bench.RunResult;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of a results directory: {@code SCENARIO/CONTENDER/REPETITION.json}. */
final class RunFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern FILE = Pattern.compile("[1-9][0-9]{0,8}\\.json");
  private static final Comparator<RunResult> AS_SHOWN =
      Comparator.comparing(RunResult::scenario, new ScenarioOrder())
          .thenComparing(RunResult::contender)
          .thenComparing(RunResult::repetition);

  private final Path directory;

  RunFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Scenarios and contenders are named after directories.
   *
   * @throws CommandFailure if the name cannot be one
   */
  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CommandFailure.usage(
          "'%s' cannot be a name: letters, digits, '.', '_' and '-', at most 64, no sign first"
              .formatted(name));
    }
  }

  /**
   * @param scenario null for all of them
   */
  boolean anyOf(@Nullable String scenario) {
    try (Stream<Path> files = files(scenario == null ? directory : directory.resolve(scenario))) {
      return files.findAny().isPresent();
    }
  }

  boolean has(String scenario, String contender, int repetition) {
    return Files.exists(file(scenario, contender, repetition));
  }

  void write(RunResult run) {
    if (run.repetition() < 1) {
      throw new IllegalArgumentException("repetition " + run.repetition());
    }
    run.figures()
        .forEach(
            (figure, value) -> {
              if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(figure + " is " + value);
              }
            });
    JsonFile.write(
        file(run.scenario(), run.contender(), run.repetition()), JsonFile.sortedText(run));
  }

  List<RunResult> readAll() {
    try (Stream<Path> files = files(directory)) {
      return files.map(this::read).sorted(AS_SHOWN).toList();
    }
  }

  private RunResult read(Path file) {
    String remedy = "delete it and give the same command again, which repeats that run";
    RunResult run = JsonFile.read(file, new TypeReference<>() {}, remedy);
    if (run == null || !file.equals(file(run.scenario(), run.contender(), run.repetition()))) {
      throw JsonFile.damaged(file, "it holds another run than its name says", remedy, null);
    }
    return run;
  }

  private Path file(String scenario, String contender, int repetition) {
    requireName(scenario);
    requireName(contender);
    return directory.resolve(scenario).resolve(contender).resolve(repetition + ".json");
  }

  /** Also those of one scenario, when that is where to look. */
  private Stream<Path> files(Path within) {
    if (!Files.isDirectory(within)) {
      return Stream.empty();
    }
    int depth = directory.getNameCount() + 3;
    try {
      return Files.walk(within, 3)
          .filter(file -> file.getNameCount() == depth)
          .filter(file -> FILE.matcher(String.valueOf(file.getFileName())).matches());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot read " + within + ": " + e, e);
    }
  }
}
