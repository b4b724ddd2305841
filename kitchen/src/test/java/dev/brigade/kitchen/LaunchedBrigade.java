package dev.brigade.kitchen;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One run of the launcher, and what the fixture's java printed if it came that far. */
final class LaunchedBrigade {
  private static final int WORDS_BEFORE_THE_ARGUMENTS = 2;

  private final Process process;
  private final BufferedReader errors;
  private final StringBuilder err = new StringBuilder();
  private String out = "";

  LaunchedBrigade(Process process) {
    this.process = process;
    this.errors = process.errorReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy() it leaves the pipes open
  }

  /** With the build that it may be waiting for. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Reads standard error up to a line with these words, or its end. */
  void awaitErr(String words) throws IOException {
    String line;
    while ((line = errors.readLine()) != null) {
      err.append(line).append('\n');
      if (line.contains(words)) {
        return;
      }
    }
  }

  LaunchedBrigade end() throws IOException, InterruptedException {
    String line;
    while ((line = errors.readLine()) != null) {
      err.append(line).append('\n');
    }
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return this;
  }

  int exitCode() {
    return process.exitValue();
  }

  String out() {
    return out;
  }

  String err() {
    return err.toString();
  }

  private List<String> words() {
    return List.of(out.split("\0", -1));
  }

  long javaPid() {
    return Long.parseLong(words().get(0));
  }

  Path workingDirectory() {
    return Path.of(words().get(1));
  }

  /** Flags of the JVM, the main class, the command and its options. */
  List<String> javaArguments() {
    List<String> words = words();
    return words.subList(WORDS_BEFORE_THE_ARGUMENTS, words.size() - 1);
  }

  List<String> classPath() {
    List<String> arguments = javaArguments();
    return List.of(arguments.get(arguments.indexOf("-cp") + 1).split(":"));
  }
}
