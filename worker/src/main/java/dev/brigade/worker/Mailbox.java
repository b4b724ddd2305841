package dev.brigade.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Letters from many threads to one, which takes them all at once: one lock per batch on the
 * reader's side, and none held while it works. Unbounded: what is in it is bounded by the orders in
 * flight.
 */
final class Mailbox<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private List<T> letters = new ArrayList<>();
  private boolean closed;

  void put(T letter) {
    lock.lock();
    try {
      letters.add(letter);
      if (letters.size() == 1) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** All letters so far, in the order they came; empty after the time without one. */
  List<T> takeAll(long timeout, TimeUnit unit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = unit.toNanos(timeout);
      while (letters.isEmpty() && !closed && nanos > 0) {
        nanos = filled.awaitNanos(nanos);
      }
      if (letters.isEmpty()) {
        return List.of();
      }
      List<T> taken = letters;
      letters = new ArrayList<>(Math.max(16, taken.size()));
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting; letters that are there can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed && letters.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
