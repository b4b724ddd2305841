package dev.brigade.audit;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Looks every 200 ms at what the chefs have committed, on a thread of its own. While brokers do not
 * answer there are no samples, and the gap is noted. Methods may be called from any thread.
 */
public final class CommitObserver implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Admin admin;
  private final CommitSampler sampler;
  private final List<CommitSample> samples = Collections.synchronizedList(new ArrayList<>());
  private final List<Gap> gaps = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "commit-observer");
  private int partitions;
  private long lookedAt;

  /**
   * A time without samples.
   *
   * @param from when the first sample that failed was asked for
   * @param to when the last one failed
   * @param failures how many
   * @param reason of the last one
   */
  public record Gap(Instant from, Instant to, int failures, String reason) {}

  private CommitObserver(Map<String, Object> clientConfig, Kitchen kitchen) {
    this.admin = Admin.create(config(clientConfig));
    this.sampler = new CommitSampler(admin, kitchen);
  }

  /** An answer that takes seconds says nothing about a moment. */
  static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "3000");
    return config;
  }

  public static CommitObserver start(Map<String, Object> clientConfig, Kitchen kitchen) {
    CommitObserver observer = new CommitObserver(clientConfig, kitchen);
    observer.thread.start();
    return observer;
  }

  private void run() {
    @Nullable Gap gap = null;
    try {
      do {
        Instant at = Instant.now();
        @Nullable String failure = sample(at);
        if (failure == null) {
          gap = null;
          continue;
        }
        if (gap != null) {
          gaps.remove(gap);
        }
        gap =
            gap == null
                ? new Gap(at, Instant.now(), 1, failure)
                : new Gap(gap.from(), Instant.now(), gap.failures() + 1, failure);
        gaps.add(gap);
      } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      admin.close(CLOSE_LIMIT);
    }
  }

  /**
   * @return why there is none, or null
   */
  private @Nullable String sample(Instant at) throws InterruptedException {
    try {
      long now = System.nanoTime();
      if (partitions == 0 || now - lookedAt > LOOK_FOR_PARTITIONS.toNanos()) {
        partitions = sampler.partitions();
        lookedAt = now;
      }
      samples.add(new CommitSample(at, sampler.sample(partitions)));
      return null;
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (RuntimeException e) {
      return e.toString(); // Whoever looks at the samples sees the gap and why.
    }
  }

  /** Takes no more samples; returns all of them, by time. */
  public List<CommitSample> stop() {
    close();
    return samples();
  }

  /** Those so far. */
  public List<CommitSample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** Those so far, by time. */
  public List<Gap> gaps() {
    synchronized (gaps) {
      return List.copyOf(gaps);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
