package dev.brigade.bench;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which Brigade is measured. */
final class Build {
  /** Set by the launcher to its own path. */
  private static final String LAUNCHER = "brigade.launcher";

  private Build() {}

  /**
   * @throws CommandFailure if this program was not started by the launcher
   */
  static Path launcher() {
    String path = System.getProperty(LAUNCHER);
    if (path == null) {
      throw new CommandFailure(
          ExitCode.FAILED, "start it with ./brigade bench: what is measured is what that starts");
    }
    return Path.of(path);
  }

  /** The first line that {@code brigade --version} prints; builds Brigade if it is not built. */
  static String version() {
    List<String> lines = lines(Redirect.INHERIT, List.of(launcher().toString(), "--version"));
    if (lines.isEmpty()) {
      throw new CommandFailure(ExitCode.FAILED, launcher() + " --version does not work");
    }
    return lines.get(0);
  }

  /** The commit this Brigade is built from, with {@code +} if files differ from it. */
  static String commit() {
    List<String> commit = git("rev-parse", "--short", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    boolean changed = !git("diff", "--name-only", "HEAD").isEmpty();
    return commit.get(0) + (changed ? "+" : "");
  }

  /** What git says of the repository; nothing where there is none, or no git. */
  private static List<String> git(String... arguments) {
    String root = Objects.requireNonNull(launcher().toAbsolutePath().getParent()).toString();
    List<String> command = new ArrayList<>(List.of("git", "-C", root));
    command.addAll(List.of(arguments));
    return lines(Redirect.DISCARD, command);
  }

  /** What a command prints; nothing if it fails. */
  private static List<String> lines(Redirect errors, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectError(errors).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output.lines().toList() : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
