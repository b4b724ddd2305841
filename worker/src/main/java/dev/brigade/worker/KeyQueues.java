package dev.brigade.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands orders to chefs so that those of one key are cooked one at a time, in log order, retries
 * included. The first order of each key is ready, in a chef's hands or waiting for its retry; the
 * others wait behind it. Adding, taking and ending cost O(1), whatever the number of keys and
 * chefs. The lock is held for that long only, never while cooking or sending.
 *
 * <p>A chef is woken only where one is of use: few at the same time, each of whom wakes the next if
 * there is still something to do, and the one who went idle last comes first.
 */
final class KeyQueues {
  private final ReentrantLock lock = new ReentrantLock();
  private final int processors;

  // Guarded by the lock.
  private final KeyTable keys = new KeyTable();
  private final ArrayDeque<OpenOrder> ready = new ArrayDeque<>();
  private final ArrayDeque<Turn> idle = new ArrayDeque<>();
  private final Pace pace;
  private int chefs;
  private int called;
  private boolean closed;

  KeyQueues() {
    this(Runtime.getRuntime().availableProcessors());
  }

  KeyQueues(int processors) {
    this.processors = processors;
    this.pace = new Pace(processors);
  }

  /** For one more chef. */
  Turn newTurn(int chef) {
    lock.lock();
    try {
      chefs++;
      return new Turn(chef, lock.newCondition());
    } finally {
      lock.unlock();
    }
  }

  void add(List<OpenOrder> orders) {
    lock.lock();
    try {
      for (OpenOrder order : orders) {
        if (keys.add(order)) {
          ready.add(order);
        }
      }
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what the chef is done with, then waits for orders that may be cooked and puts them into
   * the turn; their assignments count them as busy from then on. An order that failed with this
   * chef goes to another one if any is idle.
   *
   * @param ended of the last turn
   * @return false once closed
   */
  boolean take(Turn turn, Collection<OpenOrder> ended) {
    lock.lock();
    try {
      turn.finish(pace);
      endAll(ended);
      boolean isOfUse = chefs - idle.size() <= pace.workers(chefs);
      while (!closed) {
        if (isOfUse && fill(turn)) {
          callChefs();
          return true;
        }
        awaitCall(turn);
        isOfUse = true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** These orders left their chefs for good: the next ones of their keys may be cooked. */
  void ended(Collection<OpenOrder> orders) {
    lock.lock();
    try {
      endAll(orders);
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /** The order's back-off has passed: it may be cooked again, still before the rest of its key. */
  void retryIsDue(OpenOrder order) {
    lock.lock();
    try {
      ready.add(order);
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Others take the place of chefs who are held up.
   *
   * @param chefs how many of them cook one order for long
   * @param unbegun what they had taken and not begun
   */
  void relieve(int chefs, List<OpenOrder> unbegun) {
    lock.lock();
    try {
      pace.stuck(chefs);
      for (int i = unbegun.size() - 1; i >= 0; i--) {
        OpenOrder order = unbegun.get(i);
        order.assignment.settle();
        ready.addFirst(order);
      }
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /** From when this returns, no order of these assignments is taken. */
  void leave(Collection<Assignment> assignments) {
    lock.lock();
    try {
      assignments.forEach(Assignment::leave);
    } finally {
      lock.unlock();
    }
  }

  /** Lets every chef's {@link #take} return false; no order is taken from then on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      while (!idle.isEmpty()) {
        call(idle.pop());
      }
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
      return keys.keys();
    } finally {
      lock.unlock();
    }
  }

  private void endAll(Collection<OpenOrder> ended) {
    for (OpenOrder order : ended) {
      makeNextReady(order);
    }
  }

  private void makeNextReady(OpenOrder order) {
    OpenOrder next = keys.remove(order);
    if (next != null) {
      ready.add(next);
    }
  }

  private boolean fill(Turn turn) {
    int wanted = pace.turn(ready.size());
    int taken = 0;
    while (taken < wanted) {
      OpenOrder order = ready.poll();
      if (order == null) {
        break;
      } else if (!order.assignment.isHeld()) {
        makeNextReady(order);
      } else if (order.lastChef == turn.chef && !idle.isEmpty()) {
        ready.addFirst(order);
        call(idle.pop());
        break;
      } else {
        order.assignment.begin();
        turn.add(order);
        taken++;
      }
    }
    return taken > 0;
  }

  private void awaitCall(Turn turn) {
    idle.push(turn);
    while (!turn.isCalled) {
      turn.called.awaitUninterruptibly();
    }
    turn.isCalled = false;
    called--;
  }

  /** As many at once as can run at once; each of them goes on calling. */
  private void callChefs() {
    while (called < processors
        && called < ready.size()
        && !idle.isEmpty()
        && chefs - idle.size() < pace.workers(chefs)) {
      call(idle.pop());
    }
  }

  private void call(Turn turn) {
    called++;
    turn.isCalled = true;
    turn.called.signal();
  }
}
