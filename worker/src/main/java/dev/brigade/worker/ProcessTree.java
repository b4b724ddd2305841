package dev.brigade.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command with everything it started. Its members are its descendants and, where {@code /proc}
 * shows them, also those that left the family: by the command's mark in their environment, or by
 * its session. Only a process that cleared its environment, left the session and lost its parent is
 * out of reach.
 */
final class ProcessTree {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
  private static final Path PROC = Path.of("/proc");
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Process root;
  private final String marked;

  /**
   * @param mark the value of {@link ExecGuard#VARIABLE} in the environment the root was given
   */
  ProcessTree(Process root, String mark) {
    this.root = root;
    this.marked = "\0" + ExecGuard.VARIABLE + "=" + mark + "\0";
  }

  /** Whether this machine tells the environment of a running process. */
  static boolean readsEnvironments() {
    return Files.isReadable(PROC.resolve("self/environ"));
  }

  /**
   * Returns when all members have ended; gives up after 5 s, with a warning, on those that even
   * SIGKILL does not end in time. Does not react to interrupts.
   */
  void kill() {
    long start = System.nanoTime();
    // A process may be born while one looks: nobody left means nobody found twice in a row.
    int emptySearches = 0;
    while (emptySearches < 2) {
      Map<Long, ProcessHandle> members = members();
      emptySearches = members.isEmpty() ? emptySearches + 1 : 0;
      if (!members.isEmpty()) {
        if (System.nanoTime() - start > LIMIT_NANOS) {
          LOG.warn("could not kill {}, started by process {}", members.keySet(), root.pid());
          return;
        }
        members.values().forEach(ProcessHandle::destroyForcibly);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private Map<Long, ProcessHandle> members() {
    Map<Long, ProcessHandle> members = new TreeMap<>();
    root.descendants().filter(ProcessHandle::isAlive).forEach(p -> members.put(p.pid(), p));
    if (root.isAlive()) {
      members.put(root.pid(), root.toHandle());
    }
    if (readsEnvironments()) {
      findStrays(members);
    }
    return members;
  }

  private void findStrays(Map<Long, ProcessHandle> members) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isStray(process)) {
          long pid = Long.parseLong(process.getFileName().toString());
          ProcessHandle.of(pid).ifPresent(handle -> members.put(pid, handle));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("cannot look for what process {} has started: {}", root.pid(), e.toString());
    }
  }

  private boolean isStray(Path process) {
    try {
      return isInSession(read(process.resolve("stat")))
          || ("\0" + read(process.resolve("environ")) + "\0").contains(marked);
    } catch (IOException e) {
      // It ended meanwhile, or belongs to another user and is none of ours.
      return false;
    }
  }

  /**
   * @param stat {@code pid (name) state ppid pgrp session …}; the name may hold anything
   */
  private boolean isInSession(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 5));
    boolean ended = fields.get(0).equals("Z") || fields.get(0).equals("X");
    return !ended && Long.parseLong(fields.get(3)) == root.pid();
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
