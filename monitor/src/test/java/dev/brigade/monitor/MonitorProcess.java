package dev.brigade.monitor;

import dev.brigade.cluster.KafkaCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code brigade monitor} as a child process, to be killed or asked to stop. */
final class MonitorProcess implements AutoCloseable {
  private final Process process;

  private MonitorProcess(Process process) {
    this.process = process;
  }

  static MonitorProcess start(KafkaCluster cluster, String kitchen, Path stateDirectory)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                MonitorMain.class.getName()));
    command.addAll(
        List.of(
            "--bootstrap-server",
            cluster.bootstrapServers(),
            "--kitchen",
            kitchen,
            "--quiet",
            "--state-dir",
            stateDirectory.toString()));
    return new MonitorProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the monitor did not end within a minute of SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
