package dev.brigade.worker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A recipe with what protects the service behind it: a circuit breaker and a rate limit. Orders
 * that may not pass yet wait here or come again later; none of them holds a thread, counts as tried
 * or becomes a dead letter for it. Thread-safe.
 */
final class GuardedRecipe {
  /** Of {@link #admit}: the breaker is open, the order is to be parked. */
  static final long PARK = -1;

  /** The breaker counts; why a try failed is told elsewhere. */
  private static final Throwable FAILURE = new Exception("a try failed", null, false, false) {};

  final Recipe recipe;
  private final @Nullable CircuitBreaker breaker;
  private final @Nullable RateLimiter limiter;

  // Guarded by this.
  private final Deque<OpenOrder> parked = new LinkedList<>();
  private long openUntilNanos = System.nanoTime();

  GuardedRecipe(Recipe recipe, @Nullable CircuitBreaker breaker, @Nullable RateLimiter limiter) {
    this.recipe = recipe;
    this.breaker = breaker;
    this.limiter = limiter;
    if (breaker != null) {
      long waitNanos =
          TimeUnit.MILLISECONDS.toNanos(
              breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
      breaker
          .getEventPublisher()
          .onStateTransition(
              event -> {
                if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                  openedFor(waitNanos);
                }
              });
    }
  }

  private synchronized void openedFor(long nanos) {
    openUntilNanos = System.nanoTime() + nanos;
  }

  /**
   * Whether an order may be cooked now. One that may has to be told of by {@link #succeeded},
   * {@link #failed} or {@link #abandoned}.
   *
   * @return 0 if it may; {@link #PARK}; else after how many nanoseconds it is to ask again
   */
  long admit(OpenOrder order) {
    if (breaker != null && !breaker.tryAcquirePermission()) {
      return PARK;
    }
    if (limiter != null && !order.hasPermit) {
      long waitNanos = Math.max(0, limiter.reservePermission());
      order.hasPermit = true;
      if (waitNanos > 0) {
        abandoned();
        return waitNanos;
      }
    }
    order.hasPermit = false;
    return 0;
  }

  void succeeded(long cookNanos) {
    if (breaker != null) {
      breaker.onSuccess(cookNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** A try that failed, by exception, timeout or the recipe's own word. */
  void failed(long cookNanos) {
    if (breaker != null) {
      breaker.onError(cookNanos, TimeUnit.NANOSECONDS, FAILURE);
    }
  }

  /** The try told nothing about the service. */
  void abandoned() {
    if (breaker != null) {
      breaker.releasePermission();
    }
  }

  synchronized void park(OpenOrder order) {
    parked.add(order);
  }

  /** Whether no order passes for the time being. */
  synchronized boolean isOpen() {
    return breaker != null
        && breaker.getState() == CircuitBreaker.State.OPEN
        && System.nanoTime() - openUntilNanos < 0;
  }

  synchronized int parkedOrders() {
    return parked.size();
  }

  /**
   * Takes out those that may ask again: all once the breaker is closed, a few when it may be tried,
   * and always those of partitions that left.
   */
  synchronized List<OpenOrder> takeReleased() {
    if (parked.isEmpty() || breaker == null) {
      return List.of();
    }
    int passing = passing(breaker);
    List<OpenOrder> released = new ArrayList<>();
    for (Iterator<OpenOrder> orders = parked.iterator(); orders.hasNext(); ) {
      OpenOrder order = orders.next();
      if (released.size() < passing || !order.assignment.isHeld()) {
        released.add(order);
        orders.remove();
      }
    }
    return released;
  }

  private int passing(CircuitBreaker of) {
    if (isOpen()) {
      return 0;
    }
    return of.getState() == CircuitBreaker.State.CLOSED
        ? parked.size()
        : of.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
  }
}
