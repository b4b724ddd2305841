package dev.brigade.kitchen;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker in a process of its own, which leads a session of its own where this machine has {@code
 * setsid}. Its life is tied to this JVM's, see {@link ParentTie#supervisedFlag}. Thread-safe.
 */
final class WorkerProcess {
  /** util-linux's or busybox's. */
  private static final List<String> OWN_SESSION =
      isOnPath("setsid") ? List.of("setsid") : List.of();

  /** What has left the session with the worker's outputs in its hands is not waited for. */
  private static final long LAST_WORDS_MILLIS = 500;

  private final Process process;
  private final Remains remains;
  private final LineRelay relay;
  private final Thread relayThread;

  private WorkerProcess(Process process, Remains remains, LineRelay relay, Thread relayThread) {
    this.process = process;
    this.remains = remains;
    this.relay = relay;
    this.relayThread = relayThread;
  }

  /**
   * @param id the worker's; what it writes goes to standard error, each line behind the id
   * @param arguments the command and its options but the worker id
   * @throws IOException if no process can be started
   */
  static WorkerProcess start(String id, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(1, List.of("--worker-id", id));
    List<String> command = new ArrayList<>(OWN_SESSION);
    command.addAll(ChildJvm.worker(ParentTie.supervisedFlag(), all));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    String mark = UUID.randomUUID().toString();
    builder.environment().put(Remains.VARIABLE, mark);
    Process process = builder.start();
    LineRelay relay = new LineRelay(process.getInputStream(), id + " | ", System.err);
    Thread relayThread = new Thread(relay, id + "-output");
    relayThread.setDaemon(true);
    relayThread.start();
    return new WorkerProcess(process, new Remains(process.pid(), mark), relay, relayThread);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, with SIGTERM; returns at once. */
  void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy() it leaves standard input open
  }

  /**
   * Waits for its end, but not for that of what it started.
   *
   * @return the exit code (128 + the signal's number if killed)
   */
  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Once it has ended: returns when all it started has ended, too. */
  void killRemains() throws InterruptedException {
    remains.kill();
  }

  /** Once it has ended: the last line it wrote, empty if none. */
  String lastWords() throws InterruptedException {
    relayThread.join(LAST_WORDS_MILLIS);
    return relay.lastLine();
  }

  private static boolean isOnPath(String program) {
    @Nullable String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(directory -> new File(directory, program).canExecute());
  }
}
