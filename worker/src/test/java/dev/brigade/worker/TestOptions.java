package dev.brigade.worker;

import java.time.Duration;
import java.util.Map;

/** Options of a worker under test: eight chefs, frequent commits, no breaker; a test says more. */
final class TestOptions {
  private final String workerId;
  private Ordering ordering = Ordering.KEY;
  private Delivery delivery = Delivery.AT_LEAST_ONCE;
  private int maxCrashes = WorkerOptions.DEFAULT_MAX_CRASHES;
  private int chefs = 8;
  private int maxAttempts = 5;
  private RecipeLimits recipeLimits =
      new RecipeLimits(RecipeLimits.NO_BREAKER, Duration.ofSeconds(5), Map.of());
  private Duration cookTimeout = Duration.ofSeconds(30);
  private Duration commitInterval = Duration.ofMillis(50);
  private int maxInFlight = 10_000;
  private GroupProtocol groupProtocol = GroupProtocol.CLASSIC;

  private TestOptions(String workerId) {
    this.workerId = workerId;
  }

  static TestOptions of(String workerId) {
    return new TestOptions(workerId);
  }

  TestOptions ordering(Ordering value) {
    ordering = value;
    return this;
  }

  TestOptions delivery(Delivery value) {
    delivery = value;
    return this;
  }

  TestOptions maxCrashes(int value) {
    maxCrashes = value;
    return this;
  }

  TestOptions chefs(int value) {
    chefs = value;
    return this;
  }

  TestOptions maxAttempts(int value) {
    maxAttempts = value;
    return this;
  }

  TestOptions recipeLimits(RecipeLimits value) {
    recipeLimits = value;
    return this;
  }

  TestOptions cookTimeout(Duration value) {
    cookTimeout = value;
    return this;
  }

  TestOptions maxInFlight(int value) {
    maxInFlight = value;
    return this;
  }

  TestOptions groupProtocol(GroupProtocol value) {
    groupProtocol = value;
    return this;
  }

  TestOptions commitInterval(Duration value) {
    commitInterval = value;
    return this;
  }

  WorkerOptions build() {
    return new WorkerOptions(
        workerId,
        false,
        ordering,
        delivery,
        maxCrashes,
        chefs,
        ChefThreads.PLATFORM,
        new RetryPolicy(maxAttempts, null, RetryPolicy.DEFAULT_BUDGET),
        recipeLimits,
        cookTimeout,
        Duration.ofSeconds(20),
        commitInterval,
        maxInFlight,
        64L * 1024 * 1024,
        groupProtocol);
  }
}
