package dev.brigade.worker;

import java.time.Duration;

/**
 * How one worker works.
 *
 * @param workerId in activities, meals and dead letters
 * @param staticMember whether the id is also its {@code group.instance.id}
 * @param ordering which orders are cooked one after another
 * @param delivery how often a reader sees an order's end
 * @param maxCrashes how many workers one order may kill before it is given up, at least 1
 * @param chefs orders cooked at the same time, at least 1
 * @param chefThreads what each of them runs on
 * @param retryPolicy how often failed orders are tried again
 * @param recipeLimits breakers and rate limits of recipes
 * @param cookTimeout after which a try is interrupted and counts as failed
 * @param drainTimeout how long a stop waits for what is being cooked
 * @param commitInterval time between commits
 * @param maxInFlight orders read and not yet ended; one poll more at most
 * @param maxInFlightBytes keys and values of those orders; one fetch more at most
 * @param groupProtocol how the workers of a kitchen share its partitions
 */
record WorkerOptions(
    String workerId,
    boolean staticMember,
    Ordering ordering,
    Delivery delivery,
    int maxCrashes,
    int chefs,
    ChefThreads chefThreads,
    RetryPolicy retryPolicy,
    RecipeLimits recipeLimits,
    Duration cookTimeout,
    Duration drainTimeout,
    Duration commitInterval,
    int maxInFlight,
    long maxInFlightBytes,
    GroupProtocol groupProtocol) {
  static final int DEFAULT_CHEFS = 16;
  static final String DEFAULT_COOK_TIMEOUT = "60s";
  static final String DEFAULT_DRAIN_TIMEOUT = "30s";
  static final int DEFAULT_MAX_CRASHES = 3;
  static final long DEFAULT_MAX_IN_FLIGHT_BYTES = 64L * 1024 * 1024;
}
