package dev.brigade.kitchen.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at how many threads and open files processes have, and finds those that have ever more. On
 * Linux; elsewhere it sees nothing. Not thread-safe.
 */
final class LeakWatch {
  /** By then a process has its connections and threads. */
  private static final Duration SETTLED = Duration.ofSeconds(20);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /** Connections to brokers that come back, and threads of pools, are no leak. */
  private static final int GROWTH_FACTOR = 2;

  private static final int GROWTH = 60;

  private final Map<Long, Watched> processes = new TreeMap<>();
  private long lookedNanos = System.nanoTime() - EVERY.toNanos();

  private static final class Watched {
    final String name;
    final long sinceNanos;
    Usage settled = Usage.NONE;
    Usage last = Usage.NONE;

    Watched(String name, long sinceNanos) {
      this.name = name;
      this.sinceNanos = sinceNanos;
    }
  }

  private record Usage(long threads, long files) {
    static final Usage NONE = new Usage(0, 0);

    static Usage of(long pid) {
      return new Usage(count(pid, "task"), count(pid, "fd"));
    }

    private static long count(long pid, String what) {
      try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
        return entries.count();
      } catch (IOException e) {
        return 0; // it has ended meanwhile, or this is not Linux
      }
    }
  }

  /** Looks at the processes, by their ids, if it is time to. */
  void look(Map<Long, String> pids) {
    long now = System.nanoTime();
    if (now - lookedNanos < EVERY.toNanos()) {
      return;
    }
    lookedNanos = now;
    pids.forEach(
        (pid, name) -> {
          Watched watched = processes.computeIfAbsent(pid, unused -> new Watched(name, now));
          Usage usage = Usage.of(pid);
          if (usage.threads() == 0) {
            return;
          }
          if (watched.settled == Usage.NONE && now - watched.sinceNanos >= SETTLED.toNanos()) {
            watched.settled = usage;
          }
          watched.last = usage;
        });
  }

  /** Those that have many more threads or open files than when they had settled, in words. */
  List<String> leaks() {
    List<String> leaks = new ArrayList<>();
    for (Watched watched : processes.values()) {
      add(leaks, watched.name, "threads", watched.settled.threads(), watched.last.threads());
      add(leaks, watched.name, "open files", watched.settled.files(), watched.last.files());
    }
    return leaks;
  }

  private static void add(List<String> leaks, String name, String what, long settled, long last) {
    if (settled > 0 && last > settled * GROWTH_FACTOR + GROWTH) {
      leaks.add("%s had %d %s, and in the end %d".formatted(name, settled, what, last));
    }
  }
}
