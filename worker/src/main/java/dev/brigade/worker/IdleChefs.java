package dev.brigade.worker;

import java.util.ArrayDeque;

/**
 * The chefs who wait for something to do; the one who went idle last is called first. Guarded by
 * the lock of {@link KeyQueues}, of which each turn's condition is.
 */
final class IdleChefs {
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private int called;

  /** Waits until called. */
  void await(Turn turn) {
    waiting.push(turn);
    while (!turn.isCalled) {
      turn.called.awaitUninterruptibly();
    }
    turn.isCalled = false;
    called--;
  }

  /** At least one must be waiting. */
  void callOne() {
    Turn turn = waiting.pop();
    called++;
    turn.isCalled = true;
    turn.called.signal();
  }

  void callAll() {
    while (!waiting.isEmpty()) {
      callOne();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** How many are called and have not come yet. */
  int called() {
    return called;
  }
}
