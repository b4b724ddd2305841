package dev.brigade.worker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  final AnyRecipe recipe;
  private final @Nullable CircuitBreaker breaker;
  private final @Nullable RateLimiter limiter;

  private final Consumer<CircuitBreaker.State> changed;
  private final long restNanos;

  /** Written under this object's lock only. */
  private volatile CircuitBreaker.State seen = CircuitBreaker.State.CLOSED;

  // Guarded by this.
  private final Deque<OpenOrder> parked = new LinkedList<>();

  /** By the breaker's clock. */
  private long openUntilNanos;

  /**
   * @param changed told the breaker's state each time it is another one, on the thread of the try
   *     that changed it
   */
  GuardedRecipe(
      AnyRecipe recipe,
      @Nullable CircuitBreaker breaker,
      @Nullable RateLimiter limiter,
      Consumer<CircuitBreaker.State> changed) {
    this.recipe = recipe;
    this.breaker = breaker;
    this.limiter = limiter;
    this.changed = changed;
    if (breaker == null) {
      this.restNanos = 0;
    } else {
      this.restNanos =
          TimeUnit.MILLISECONDS.toNanos(
              breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
      this.openUntilNanos = breaker.getCurrentTimestamp();
    }
  }

  /**
   * The breaker's own events are not used: with a listener it makes one for every try, and that
   * costs more than the breaker.
   */
  private void look(CircuitBreaker of) {
    if (of.getState() != seen) {
      noteState(of);
    }
  }

  private synchronized void noteState(CircuitBreaker of) {
    CircuitBreaker.State state = of.getState();
    if (state == seen) {
      return;
    }
    seen = state;
    if (state == CircuitBreaker.State.OPEN) {
      rest(of);
    }
    changed.accept(state);
  }

  private synchronized void rest(CircuitBreaker of) {
    openUntilNanos = of.getCurrentTimestamp() + restNanos;
  }

  /**
   * Whether an order may be cooked now. One that may has to be told of by {@link #succeeded},
   * {@link #failed} or {@link #abandoned}.
   *
   * @return 0 if it may; {@link #PARK}; else after how many nanoseconds it is to ask again
   */
  long admit(OpenOrder order) {
    if (breaker != null) {
      boolean isRested = seen == CircuitBreaker.State.OPEN && !isOpen();
      boolean permitted = breaker.tryAcquirePermission();
      look(breaker);
      if (!permitted) {
        if (isRested) {
          // It was tried and opened anew between two looks.
          rest(breaker);
        }
        return PARK;
      }
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
      look(breaker);
    }
  }

  /** A try that failed, by exception, timeout or the recipe's own word. */
  void failed(long cookNanos) {
    if (breaker != null) {
      breaker.onError(cookNanos, TimeUnit.NANOSECONDS, FAILURE);
      look(breaker);
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
        && breaker.getCurrentTimestamp() - openUntilNanos < 0;
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
