package dev.brigade.kitchen.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command lines of a soak's processes. */
final class CommandLines {
  private final ChaosPlan plan;
  private final Path directory;
  private final String bootstrapServers;

  /**
   * @param directory of the run, for files that processes read or keep
   */
  CommandLines(ChaosPlan plan, Path directory, String bootstrapServers) {
    this.plan = plan;
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
  }

  /** Of whoever has that name: {@link Arena#MONITOR}, {@link Arena#SUPERVISOR} or a worker. */
  List<String> of(String name) {
    return switch (name) {
      case Arena.MONITOR ->
          List.of(
              "monitor",
              "--bootstrap-server",
              bootstrapServers,
              "--json",
              "--state-dir",
              monitorState(directory).toString());
      case Arena.SUPERVISOR -> plan.supervisorArguments(connection());
      default -> plan.workerArguments(connection(), name);
    };
  }

  static Path monitorState(Path directory) {
    return directory.resolve("monitor");
  }

  /** Of workers. */
  private List<String> connection() {
    if (plan.workerConfig().isEmpty()) {
      return List.of("--bootstrap-server", bootstrapServers);
    }
    Path file = directory.resolve("workers.properties");
    List<String> lines =
        plan.workerConfig().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("--bootstrap-server", bootstrapServers, "--command-config", file.toString());
  }
}
