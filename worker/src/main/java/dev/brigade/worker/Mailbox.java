package dev.brigade.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Letters from many threads to one, which takes them all at once: one lock per batch on the
 * reader's side, and none held while it works. Its two lists take turns, so a letter costs no
 * allocation. Unbounded: what is in it is bounded by the orders in flight.
 */
final class Mailbox<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  // Guarded by the lock.
  private List<T> letters = new ArrayList<>();
  private boolean readerWaits;
  private boolean woken;
  private boolean closed;

  // Confined to the reader.
  private List<T> taken = new ArrayList<>();

  void put(T letter) {
    lock.lock();
    try {
      letters.add(letter);
      wakeReader();
    } finally {
      lock.unlock();
    }
  }

  void putAll(List<T> more) {
    lock.lock();
    try {
      for (int i = 0; i < more.size(); i++) {
        letters.add(more.get(i));
      }
      wakeReader();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the reader's wait, or its next one, though there be no letter. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      wakeReader();
    } finally {
      lock.unlock();
    }
  }

  private void wakeReader() {
    if (readerWaits) {
      readerWaits = false;
      filled.signal();
    }
  }

  /**
   * Gives the reader all letters so far, in the order they came. One thread at a time.
   *
   * @param timeout how long to wait for the first one
   * @return how many there were
   */
  int readAll(long timeout, TimeUnit unit, Consumer<? super T> reader) throws InterruptedException {
    takeAll(unit.toNanos(timeout));
    int count = taken.size();
    try {
      for (int i = 0; i < count; i++) {
        reader.accept(taken.get(i));
      }
    } finally {
      taken.clear();
    }
    return count;
  }

  private void takeAll(long timeoutNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = timeoutNanos;
      while (letters.isEmpty() && !closed && !woken && nanos > 0) {
        readerWaits = true;
        nanos = filled.awaitNanos(nanos);
      }
      readerWaits = false;
      woken = false;
      List<T> full = letters;
      letters = taken;
      taken = full;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting; letters that are there can still be read. */
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
