package dev.brigade.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands orders to chefs so that those of one key are cooked one at a time, in log order, retries
 * included. The first order of each key is ready, in a chef's hands or waiting for its retry; the
 * others wait behind it. Adding, taking and ending cost O(1), whatever the number of keys. The lock
 * is held for that long only, never while cooking or sending.
 */
final class KeyQueues {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();

  // Guarded by the lock.
  private final Map<OrderKey, OpenOrder> lastOfKey = new HashMap<>();
  private final ArrayDeque<OpenOrder> ready = new ArrayDeque<>();
  private int idleChefs;
  private boolean closed;

  void add(List<OpenOrder> orders) {
    lock.lock();
    try {
      for (OpenOrder order : orders) {
        OpenOrder last = lastOfKey.put(order.key, order);
        if (last == null) {
          makeReady(order);
        } else {
          last.next = order;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for an order that may be cooked; its assignment counts it as busy from then on. An order
   * that failed with this chef goes to another one if any is idle.
   *
   * @return null once closed
   */
  @Nullable OpenOrder take(int chef) {
    lock.lock();
    try {
      while (!closed) {
        OpenOrder order = ready.poll();
        if (order == null) {
          awaitWork();
        } else if (!order.assignment.isHeld()) {
          makeNextReady(order);
        } else if (order.lastChef == chef && idleChefs > 0) {
          ready.addFirst(order);
          available.signal();
          awaitWork();
        } else {
          order.assignment.begin();
          wakeAnotherIfNeeded();
          return order;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** The order left its chef for good: the next one of its key may be cooked. */
  void ended(OpenOrder order) {
    lock.lock();
    try {
      makeNextReady(order);
    } finally {
      lock.unlock();
    }
  }

  /** The order's back-off has passed: it may be cooked again, still before the rest of its key. */
  void retryIsDue(OpenOrder order) {
    lock.lock();
    try {
      makeReady(order);
    } finally {
      lock.unlock();
    }
  }

  /** From when this returns, no order of these assignments is begun. */
  void leave(Collection<Assignment> assignments) {
    lock.lock();
    try {
      assignments.forEach(Assignment::leave);
    } finally {
      lock.unlock();
    }
  }

  /** Lets every chef's {@link #take} return null; no order is begun from then on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Orders that wait for a chef. */
  int ready() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  /** Keys with open orders. */
  int keys() {
    lock.lock();
    try {
      return lastOfKey.size();
    } finally {
      lock.unlock();
    }
  }

  private void makeReady(OpenOrder order) {
    ready.add(order);
    if (idleChefs > 0) {
      available.signal();
    }
  }

  private void makeNextReady(OpenOrder order) {
    OpenOrder next = order.next;
    if (next != null) {
      order.next = null;
      makeReady(next);
    } else {
      lastOfKey.remove(order.key);
    }
  }

  private void awaitWork() {
    idleChefs++;
    available.awaitUninterruptibly();
    idleChefs--;
  }

  /** One wake-up may have served for two orders, so each chef that takes one passes it on. */
  private void wakeAnotherIfNeeded() {
    if (idleChefs > 0 && !ready.isEmpty()) {
      available.signal();
    }
  }
}
