package dev.brigade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about processes under {@code /proc}. */
final class ProcessTimes {
  /** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final Path PROC = Path.of("/proc");

  private ProcessTimes() {}

  /** Processor time of a process, user and system, in microseconds; 0 if it is gone. */
  static long cpuMicros(long pid) {
    String[] fields = statOf(pid);
    return fields.length < 13 ? 0 : (number(fields[11]) + number(fields[12])) * MICROS_PER_TICK;
  }

  /** Processor time of everything on this machine, in microseconds. */
  static long machineMicros() {
    String first = read(PROC.resolve("stat")).lines().findFirst().orElse("");
    String[] fields = first.split(" +");
    long ticks = 0;
    for (int i = 1; i < fields.length && i <= 8; i++) {
      boolean idle = i == 4 || i == 5; // idle, and idle while it waits for a disk
      ticks += idle ? 0 : number(fields[i]);
    }
    return ticks * MICROS_PER_TICK;
  }

  /** The most memory that a process ever held, in bytes; 0 if it is gone. */
  static long peakRssBytes(long pid) {
    return read(PROC.resolve(pid + "/status"))
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> number(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        * 1024;
  }

  /** The fields behind the name, which may itself hold blanks and brackets. */
  private static String[] statOf(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    int nameEnd = stat.lastIndexOf(')');
    return nameEnd < 0 ? new String[0] : stat.substring(nameEnd + 2).split(" ");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // the process ended in between
    }
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text.strip());
  }
}
