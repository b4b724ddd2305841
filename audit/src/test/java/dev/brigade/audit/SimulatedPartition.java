package dev.brigade.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One partition of a kitchen as it should be, in milliseconds from its opening: its worker dies in
 * the midst of work, another one takes over and cooks again what the first had not committed.
 */
final class SimulatedPartition {
  static final long CRASH = 5_130;
  static final long TAKE_OVER = 6_500;
  static final long CLOSING = 14_000;
  static final String FIRST_WORKER = "w1";
  static final String SECOND_WORKER = "w2";

  private final Random random;
  private final Delivery delivery;
  private final boolean dies;
  private final List<Placed> orders;
  private final long end;
  private final List<Ended> meals;
  private final List<Ended> deadLetters;

  /** An order in the log. */
  record Placed(OrderSeen seen, long at, boolean poison) {}

  /**
   * A record on meals or dead-letters.
   *
   * @param order null for what closes a transaction
   * @param at when it was appended
   * @param visibleAt when readers of committed records see it; never if its worker died before
   */
  record Ended(
      Placed order, long offset, String worker, long start, long finish, long at, long visibleAt) {}

  private record Try(
      Placed order, String worker, long start, long finish, long at, long visibleAt) {}

  SimulatedPartition(
      Random random, Delivery delivery, Ordering ordering, boolean dies, List<Placed> orders) {
    this.random = random;
    this.delivery = delivery;
    this.dies = dies;
    this.orders = orders;
    this.end = orders.get(orders.size() - 1).seen().offset() + 1 + (random.nextBoolean() ? 1 : 0);
    List<Try> tries = new ArrayList<>();
    long until = dies ? CRASH : CLOSING;
    cook(ordering, dies ? FIRST_WORKER : SECOND_WORKER, 0, until, new TreeSet<>(), tries);
    if (dies) {
      TreeSet<Long> covered = new TreeSet<>();
      long tick = CRASH / interval() * interval();
      tries.removeIf(attempt -> attempt.at() > CRASH);
      tries.stream()
          .filter(attempt -> attempt.visibleAt() <= tick)
          .forEach(attempt -> covered.add(attempt.order().seen().offset()));
      cook(ordering, SECOND_WORKER, TAKE_OVER, CLOSING, covered, tries);
    }
    this.meals = log(tries.stream().filter(attempt -> !attempt.order().poison()).toList());
    this.deadLetters = log(tries.stream().filter(attempt -> attempt.order().poison()).toList());
  }

  private long interval() {
    return delivery == Delivery.EXACTLY_ONCE ? 50 : 200;
  }

  private void cook(
      Ordering ordering, String worker, long from, long to, TreeSet<Long> done, List<Try> tries) {
    Map<Long, Long> freeAt = new HashMap<>();
    for (Placed order : orders) {
      long key = ordering == Ordering.KEY ? order.seen().key() : 1;
      long ready = ordering == Ordering.NONE ? 0 : freeAt.getOrDefault(key, 0L);
      long start = Math.max(Math.max(from, order.at() + 1), ready);
      if (done.contains(order.seen().offset()) || start >= to) {
        continue;
      }
      long finish = start + 5 + random.nextInt(random.nextInt(10) == 0 ? 400 : 20);
      freeAt.put(key, finish);
      long at = finish + 1 + random.nextInt(4);
      long visibleAt = delivery == Delivery.EXACTLY_ONCE ? (at / interval() + 1) * interval() : at;
      boolean lost = delivery == Delivery.EXACTLY_ONCE && visibleAt > to;
      tries.add(new Try(order, worker, start, finish, at, lost ? Long.MAX_VALUE : visibleAt));
    }
  }

  /** Gives offsets, with one for the marker that closes each transaction. */
  private List<Ended> log(List<Try> tries) {
    List<Ended> log = new ArrayList<>();
    long offset = 0;
    long transaction = 0;
    for (Try next : tries.stream().sorted(Comparator.comparingLong(Try::at)).toList()) {
      if (delivery == Delivery.EXACTLY_ONCE && next.at() / interval() != transaction) {
        transaction = next.at() / interval();
        offset++;
      }
      log.add(
          new Ended(
              next.order(),
              offset++,
              next.worker(),
              next.start(),
              next.finish(),
              next.at(),
              next.visibleAt()));
    }
    return log;
  }

  List<Placed> orders() {
    return orders;
  }

  long end() {
    return end;
  }

  List<Ended> meals() {
    return meals.stream().filter(meal -> meal.visibleAt() < Long.MAX_VALUE).toList();
  }

  List<Ended> deadLetters() {
    return deadLetters.stream().filter(letter -> letter.visibleAt() < Long.MAX_VALUE).toList();
  }

  boolean isHeldBy(String worker, long time) {
    boolean first = dies && time >= 0 && time < CRASH;
    boolean second = dies ? time >= TAKE_OVER : time >= 0;
    return worker.equals(FIRST_WORKER) ? first : second;
  }

  CommitSample.Committed sample(long time) {
    Commit commit = commit(time + 1);
    return new CommitSample.Committed(
        stable(meals, time),
        stable(deadLetters, time),
        commit.offset(),
        commit.metadata(),
        appended(meals, time + 2),
        appended(deadLetters, time + 2));
  }

  record Commit(long offset, String metadata) {}

  /** What was committed last, at a moment. */
  Commit commit(long time) {
    long tick = time / interval() * interval();
    if (dies && tick > CRASH && tick < TAKE_OVER) {
      tick = CRASH / interval() * interval();
    }
    TreeSet<Long> done = new TreeSet<>();
    for (List<Ended> log : List.of(meals, deadLetters)) {
      for (Ended ended : log) {
        if (ended.visibleAt() <= tick) {
          done.add(ended.order().seen().offset());
        }
      }
    }
    long watermark = position(tick);
    for (Placed order : orders) {
      if (order.at() <= tick && !done.contains(order.seen().offset())) {
        watermark = order.seen().offset();
        break;
      }
    }
    return new Commit(
        watermark,
        done.tailSet(watermark).stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** The next offset to be read. */
  long position(long time) {
    long position = 0;
    for (Placed order : orders) {
      position = order.at() <= time ? order.seen().offset() + 1 : position;
    }
    return time >= CLOSING ? end : position;
  }

  private static long appended(List<Ended> log, long time) {
    long appended = 0;
    for (Ended ended : log) {
      appended = ended.at() <= time ? ended.offset() + 1 : appended;
    }
    return appended;
  }

  /** The end for readers of committed records: where the first open transaction begins. */
  private static long stable(List<Ended> log, long time) {
    for (Ended ended : log) {
      boolean aborted = ended.visibleAt() == Long.MAX_VALUE && time >= TAKE_OVER;
      if (ended.at() <= time && ended.visibleAt() > time && !aborted) {
        return ended.offset();
      }
    }
    return appended(log, time);
  }
}
