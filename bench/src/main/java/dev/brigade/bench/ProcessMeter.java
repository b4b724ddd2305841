package dev.brigade.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches from outside what processes cost: looks at {@code /proc} every 50 ms, on a thread of its
 * own, until it is closed. Readings between two looks are interpolated.
 */
final class ProcessMeter implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * One look.
   *
   * @param atMillis since the epoch
   * @param contender processor time in microseconds, so far; so are the next two
   * @param others everything on the machine but contender, broker and this process
   */
  record Reading(long atMillis, long contender, long broker, long others) {}

  /** Processor time in microseconds between two moments. */
  record Cost(double contender, double broker, double others) {}

  private final Supplier<List<Long>> contender;
  private final long broker;

  // Guarded by this.
  private final List<Reading> readings = new ArrayList<>();
  private final Map<Long, Long> cpuByPid = new LinkedHashMap<>();
  private final Map<Long, Long> peakByPid = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::run, "process-meter");
  private volatile boolean closed;

  /**
   * @param contender the process ids to watch, asked for at every look
   */
  ProcessMeter(Supplier<List<Long>> contender, long broker) {
    this.contender = contender;
    this.broker = broker;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      look();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  private synchronized void look() {
    for (long pid : contender.get()) {
      // A process that has ended counts with what it had used up when last seen.
      cpuByPid.merge(pid, ProcessTimes.cpuMicros(pid), Math::max);
      peakByPid.merge(pid, ProcessTimes.peakRssBytes(pid), Math::max);
    }
    long own = cpuByPid.values().stream().mapToLong(Long::longValue).sum();
    long brokers = ProcessTimes.cpuMicros(broker);
    long harness = ProcessTimes.cpuMicros(ProcessHandle.current().pid());
    long others = ProcessTimes.machineMicros() - own - brokers - harness;
    readings.add(new Reading(System.currentTimeMillis(), own, brokers, others));
  }

  /** Bytes, of all the contender's processes together. */
  synchronized long peakRssBytes() {
    return peakByPid.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * @param from milliseconds since the epoch; so is {@code to}
   */
  synchronized Cost between(long from, long to) {
    Reading begin = at(from);
    Reading end = at(to);
    return new Cost(
        end.contender - begin.contender,
        end.broker - begin.broker,
        Math.max(0, end.others - begin.others));
  }

  private Reading at(long millis) {
    @Nullable Reading before = null;
    for (Reading reading : readings) {
      if (reading.atMillis >= millis) {
        return before == null ? reading : interpolated(before, reading, millis);
      }
      before = reading;
    }
    return before == null ? new Reading(millis, 0, 0, 0) : before;
  }

  private static Reading interpolated(Reading before, Reading after, long millis) {
    double part = (double) (millis - before.atMillis) / (after.atMillis - before.atMillis);
    return new Reading(
        millis,
        before.contender + Math.round(part * (after.contender - before.contender)),
        before.broker + Math.round(part * (after.broker - before.broker)),
        before.others + Math.round(part * (after.others - before.others)));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
