package dev.brigade.worker;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Hands orders to chefs so that those of one key are cooked one at a time, in log order, retries
 * included. The first order of each key is ready, in a chef's hands or waiting for its retry; the
 * others wait behind it. Adding, taking and ending cost O(1), whatever the number of keys and
 * chefs. The lock is held for that long only, never while cooking or sending.
 *
 * <p>A chef is woken only where one is of use: few at the same time, each of whom wakes the next if
 * there is still something to do, and the one who went idle last comes first.
 *
 * <p>A try that is left open has no chef and keeps its order's key. When it has ended, its order
 * goes to a chef once more, before any that is still to be begun.
 */
final class KeyQueues {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final int processors;

  // Guarded by the lock.
  private final Backlog backlog = new Backlog();
  private final IdleChefs idle = new IdleChefs();
  private final Pace pace;
  private int chefs;
  private int places = UNLIMITED;
  private BooleanSupplier mayBeginNow = () -> true;

  /** Left open in turns that are over; a chef whose turn goes on holds a place itself. */
  private int openTries;

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

  /**
   * Bounds the orders that are cooked at the same time, where chefs leave tries open.
   *
   * @param orders at least as many as there are chefs
   */
  void limit(int orders) {
    lock.lock();
    try {
      places = orders;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From then on orders are begun only while this is so.
   *
   * @param condition asked under the lock; {@link #beginAgain} is to be called when it is so again
   */
  void beginOnlyWhile(BooleanSupplier condition) {
    lock.lock();
    try {
      mayBeginNow = condition;
    } finally {
      lock.unlock();
    }
  }

  /** Calls the chefs who found that nothing may be begun. */
  void beginAgain() {
    lock.lock();
    try {
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  void add(List<OpenOrder> orders) {
    lock.lock();
    try {
      backlog.add(orders);
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what the chef is done with, then waits for orders that may be cooked and puts them into
   * the turn; their assignments count them as busy from then on. An order that failed with this
   * chef goes to another one if any is idle. What has ended without a chef comes first.
   *
   * @param ended of the last turn
   * @return false once closed and no try is open
   */
  boolean take(Turn turn, Collection<OpenOrder> ended) {
    lock.lock();
    try {
      openTries += turn.finish(pace);
      backlog.ended(ended);
      boolean isOfUse = working() <= pace.workers(chefs);
      while (!isDone()) {
        if (isOfUse && fill(turn)) {
          callChefs();
          return true;
        }
        idle.await(turn);
        isOfUse = true;
      }
      idle.callAll();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** These orders left their chefs for good: the next ones of their keys may be cooked. */
  void ended(Collection<OpenOrder> orders) {
    lock.lock();
    try {
      backlog.ended(orders);
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /** A try that was left open has ended: a chef is to judge it. */
  void tryEnded(OpenOrder order) {
    lock.lock();
    try {
      openTries--;
      backlog.tryEnded(order);
      callChefs();
    } finally {
      lock.unlock();
    }
  }

  /** The order's back-off has passed: it may be cooked again, still before the rest of its key. */
  void retryIsDue(OpenOrder order) {
    lock.lock();
    try {
      backlog.readyAgain(order);
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
      backlog.takeBack(unbegun);
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

  /**
   * From then on no order is begun, and every chef's {@link #take} returns false as soon as no try
   * is open any more.
   */
  void close() {
    lock.lock();
    try {
      closed = true;
      idle.callAll();
    } finally {
      lock.unlock();
    }
  }

  /** Orders that wait for a chef. */
  int ready() {
    lock.lock();
    try {
      return backlog.ready();
    } finally {
      lock.unlock();
    }
  }

  /** Keys with open orders. */
  int keys() {
    lock.lock();
    try {
      return backlog.keys();
    } finally {
      lock.unlock();
    }
  }

  private boolean fill(Turn turn) {
    return backlog.endedTries() == 0 ? fillWithReady(turn) : fillWithEnded(turn);
  }

  /** Nothing else, so that what they became is handed over before the chef cooks again. */
  private boolean fillWithEnded(Turn turn) {
    for (int taken = 0; taken < Pace.LONGEST_TURN; taken++) {
      OpenOrder order = backlog.nextEndedTry();
      if (order == null) {
        break;
      }
      turn.add(order);
    }
    return true;
  }

  private boolean fillWithReady(Turn turn) {
    int wanted = mayBegin();
    int taken = 0;
    while (taken < wanted) {
      OpenOrder order = backlog.nextReady();
      if (order == null) {
        break;
      }
      if (order.lastChef == turn.chef && !idle.isEmpty()) {
        backlog.leaveToAnother(order);
        idle.callOne();
        break;
      }
      order.assignment.begin();
      turn.add(order);
      taken++;
    }
    return taken > 0;
  }

  /** How many orders may be begun in one turn. */
  private int mayBegin() {
    if (!mayBeginNow.getAsBoolean()) {
      return 0;
    }
    if (places == UNLIMITED) {
      return pace.turn(backlog.ready());
    }
    return !closed && openTries + working() <= places ? 1 : 0;
  }

  /** Chefs who are not idle, the one who asks included. */
  private int working() {
    return chefs - idle.size();
  }

  private boolean isDone() {
    return closed && openTries == 0 && backlog.endedTries() == 0;
  }

  /** As many at once as can run at once; each of them goes on calling. */
  private void callChefs() {
    while (idle.called() < processors
        && idle.called() < waiting()
        && !idle.isEmpty()
        && working() < pace.workers(chefs)) {
      idle.callOne();
    }
  }

  /** How many orders there are for one more chef. */
  private int waiting() {
    boolean hasPlace = !closed && openTries + working() < places;
    return backlog.endedTries() + (hasPlace ? backlog.ready() : 0);
  }
}
