package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** JVMs with this one's class path. */
final class ChildOfTest {
  private static final int LOOKS = 3_000;

  private ChildOfTest() {}

  static Process start(Class<?> main, String... args) throws IOException {
    return start(Map.of(), main, args);
  }

  static Process start(Map<String, String> environment, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Within 30 s. */
  static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < LOOKS && !condition.call(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.call()).isTrue();
  }
}
