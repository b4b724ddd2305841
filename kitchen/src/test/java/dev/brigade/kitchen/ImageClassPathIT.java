package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image holds chosen jars alone: with just those, orders are placed and cooked. */
@WithKafka
@Timeout(120)
class ImageClassPathIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path LIB = ROOT.resolve("kitchen/target/dist/lib");
  private static final Pattern COPIED = Pattern.compile("kitchen/target/launcher/lib/(\\S+\\.jar)");

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  /** Also of a test that failed: nothing is left running. */
  @AfterEach
  void endAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void everyPartOfAnOrdersWayRunsOnTheJarsOfTheImage(KafkaCluster cluster) throws Exception {
    String classPath = imageClassPath();
    String[] where = {"--bootstrap-server", cluster.bootstrapServers(), "--kitchen", "image"};
    assertThat(classPath).doesNotContain("kafka-server");
    run(classPath, where, "init");
    Process worker =
        start(classPath, where, "worker", "--recipe", "*=simulate:1ms", "--metrics-port", "0");
    try {
      run(classPath, where, "producer", "generate", "--count", "20", "--wait");
    } finally {
      worker.destroy();
      assertThat(worker.waitFor()).as(log("worker")).isEqualTo(143);
    }
  }

  private static String imageClassPath() throws IOException {
    List<PathMatcher> copied =
        COPIED
            .matcher(Files.readString(ROOT.resolve("Dockerfile")))
            .results()
            .map((MatchResult found) -> "glob:" + found.group(1))
            .map(FileSystems.getDefault()::getPathMatcher)
            .toList();
    try (Stream<Path> jars = Files.list(LIB)) {
      return jars.filter(jar -> copied.stream().anyMatch(of -> of.matches(jar.getFileName())))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private void run(String classPath, String[] where, String... command) throws Exception {
    Process process = start(classPath, where, command);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(log(command[0])).isTrue();
    assertThat(process.exitValue()).as(log(command[0])).isZero();
  }

  private Process start(String classPath, String[] where, String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, Brigade.class.getName()));
    line.addAll(List.of(command));
    line.addAll(List.of(where));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(command[0]).toFile())
            .start();
    started.add(process);
    return process;
  }

  private String log(String command) throws IOException {
    return Files.readString(directory.resolve(command));
  }
}
