package dev.brigade.cluster.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that moves a network's bytes. All methods but {@link #start}, {@link #call} and
 * {@link #close} are for what runs on it.
 */
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final int SCRATCH_BYTES = 64 * 1024;

  /** Told which of the operations it wants a channel is ready for. */
  interface Handler {
    void ready(int operations);
  }

  private record Alarm(long at, Runnable action) {}

  private final long start = System.nanoTime();
  private final Selector selector = Selector.open();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at));
  private final Thread thread = new Thread(this::run, "network");

  /** Guarded by itself, with {@link #closed}. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private boolean closed;

  Loop() throws IOException {
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Nanoseconds since the loop was made. */
  long now() {
    return System.nanoTime() - start;
  }

  /** An empty buffer until the next call, for at least 1 byte and at most so many. */
  ByteBuffer scratch(int most) {
    return scratch.clear().limit(Math.max(1, Math.min(most, SCRATCH_BYTES)));
  }

  SelectionKey register(SelectableChannel channel, Handler handler) throws IOException {
    return channel.register(selector, 0, handler);
  }

  /** Once, at or soon after that time. */
  void at(long time, Runnable action) {
    alarms.add(new Alarm(time, action));
  }

  /**
   * Has the loop's thread do it, and waits for that.
   *
   * @throws IllegalStateException if the loop is closed
   */
  <T> T call(Supplier<T> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    synchronized (tasks) {
      if (closed) {
        throw new IllegalStateException("the network is closed");
      }
      tasks.add(() -> answer.complete(action.get()));
    }
    selector.wakeup();
    return answer.join();
  }

  private void run() {
    try (selector) {
      while (runTasks()) {
        select();
        ringAlarms();
      }
      selector.keys().forEach(key -> close(key.channel()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there may come more. */
  private boolean runTasks() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          return !closed;
        }
      }
      task.run();
    }
  }

  private void select() throws IOException {
    Alarm next = alarms.peek();
    long wait = next == null ? Long.MAX_VALUE : next.at() - now();
    if (wait <= 0) {
      selector.selectNow(this::handle);
    } else {
      // 0 waits for ever; a part of a millisecond is rounded up.
      long millis = next == null ? 0 : TimeUnit.NANOSECONDS.toMillis(wait) + 1;
      selector.select(this::handle, millis);
    }
  }

  private void handle(SelectionKey key) {
    if (!key.isValid()) {
      return; // Closed by what was handled just before.
    }
    try {
      ((Handler) key.attachment()).ready(key.readyOps());
    } catch (RuntimeException e) {
      // One connection's mishap: the others go on.
      LOG.error("A proxy's connection is closed", e);
      close(key.channel());
    }
  }

  private void ringAlarms() {
    long now = now();
    for (Alarm next = alarms.peek(); next != null && next.at() <= now; next = alarms.peek()) {
      alarms.remove();
      next.action().run();
    }
  }

  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is free all the same.
    }
  }

  /** Closes all that is registered; returns when the thread has ended. */
  @Override
  public void close() {
    synchronized (tasks) {
      closed = true;
    }
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
