package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.chaos.tools.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what a full collection leaves of processes' heaps before the load and after it, when
 * none has anything to do. With the JDK's {@code jcmd}. Not thread-safe.
 */
final class HeapWatch {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  /** Of each generation, as the serial collector tells it, or of G1's heap; not of the classes. */
  private static final Pattern USED =
      Pattern.compile("(?:generation|garbage-first heap)\\s+total \\d+K, used (\\d+)K");

  /** What is made once and kept, such as compiled patterns, connections and their buffers. */
  private static final int GROWTH_FACTOR = 2;

  private static final long GROWTH_KIB = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

  private final Map<String, Long> before = new TreeMap<>();
  private final List<String> unseen = new ArrayList<>();

  /** Why it cannot look; null if it can. */
  static @Nullable String whyNot() {
    return Files.isExecutable(JCMD) ? null : "there is no " + JCMD + ": it needs a JDK";
  }

  /**
   * Notes what idle processes need, by their names' kinds: {@code worker-1} is a {@code worker}.
   *
   * @param pids names by process id
   */
  void before(Map<Long, String> pids) throws InterruptedException {
    for (Map.Entry<Long, String> process : pids.entrySet()) {
      Long used = usedKib(process.getKey(), process.getValue());
      if (used != null) {
        before.merge(kind(process.getValue()), used, Math::max);
      }
    }
  }

  /** Those that keep much more than their kind did before, in words. */
  List<String> leaks(Map<Long, String> pids) throws InterruptedException {
    List<String> leaks = new ArrayList<>();
    for (Map.Entry<Long, String> process : pids.entrySet()) {
      Long used = usedKib(process.getKey(), process.getValue());
      Long usual = before.get(kind(process.getValue()));
      if (used != null && usual != null && isLeak(usual, used)) {
        leaks.add(
            "%s keeps %d KiB of its heap without work, at the start %d KiB did"
                .formatted(process.getValue(), used, usual));
      }
    }
    return leaks;
  }

  /** What could not be looked at, and why. */
  List<String> unseen() {
    return List.copyOf(unseen);
  }

  static boolean isLeak(long beforeKib, long afterKib) {
    return afterKib > beforeKib * GROWTH_FACTOR + GROWTH_KIB;
  }

  private static String kind(String name) {
    return name.replaceAll("-\\d+$", "");
  }

  /** Null if the process has ended meanwhile, or cannot be looked at. */
  private @Nullable Long usedKib(long pid, String name) throws InterruptedException {
    String process = Long.toString(pid);
    try {
      SystemCommand.run(JCMD.toString(), process, "GC.run");
      long used = usedKib(SystemCommand.run(JCMD.toString(), process, "GC.heap_info"));
      if (used == 0) {
        unseen.add("heap of %s: jcmd tells of it in an unknown way".formatted(name));
        return null;
      }
      return used;
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isPresent()) {
        unseen.add("heap of %s: %s".formatted(name, e.getMessage()));
      }
      return null;
    } finally {
      forget(process);
    }
  }

  /** What a JVM makes to be asked, and leaves behind if it is killed. */
  private static void forget(String process) {
    try {
      Files.deleteIfExists(Path.of("/tmp", ".java_pid" + process));
    } catch (IOException e) {
      LOG.debug("cannot delete", e);
    }
  }

  /**
   * @param heapInfo as {@code jcmd} prints it
   */
  static long usedKib(String heapInfo) {
    Matcher used = USED.matcher(heapInfo);
    long sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
    }
    return sum;
  }
}
