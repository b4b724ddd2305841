package dev.brigade.kitchen;

import dev.brigade.audit.KeyHistory;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import dev.brigade.orders.Text;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ends of one partition's orders. First all orders are added, then their ends, each
 * topic as it stands in the log. Takes some bits and an integer per order, and the cooks of each
 * key. Not thread-safe.
 */
final class PartitionCheck {
  private final int partition;
  private final long firstOffset;
  private final BitSet orders = new BitSet();
  private final BitSet cooked = new BitSet();
  private final BitSet dead = new BitSet();
  private int[] identities = new int[1024];
  private final Map<ByteBuffer, KeyHistory> keys = new HashMap<>();
  private final Histogram completionMicros = LogFindings.emptyHistogram();
  private final List<String> examples = new ArrayList<>();
  private long ofBatch;
  private long cookedTwice;
  private long deadTwice;
  private long unknownEnds;
  private long mistakenEnds;
  private long unreadable;
  private long outOfOrder;

  /**
   * @param firstOffset no order of this partition is before it
   */
  PartitionCheck(int partition, long firstOffset) {
    this.partition = partition;
    this.firstOffset = firstOffset;
  }

  /**
   * @param id the order's id, or empty if its value is none
   * @param inBatch whether it is of the batch that is counted
   */
  void order(long offset, byte @Nullable [] key, String id, boolean inBatch) {
    int at = Math.toIntExact(offset - firstOffset);
    orders.set(at);
    if (at >= identities.length) {
      identities = Arrays.copyOf(identities, Math.max(at + 1, identities.length * 2));
    }
    identities[at] = identity(key, id);
    ofBatch += inBatch ? 1 : 0;
  }

  void meal(byte @Nullable [] key, Meal meal) {
    if (!isOurs("meal", meal.completionId())) {
      return;
    }
    int at = (int) (meal.offset() - firstOffset);
    requireIdentity("meal", at, identity(key, meal.orderId()));
    KeyHistory history = history(key, at);
    history.cooked(
        new KeyHistory.Cook(meal.offset(), micros(meal.startedAt()), micros(meal.finishedAt())));
    if (cooked.get(at)) {
      cookedTwice++;
      return;
    }
    cooked.set(at);
    completionMicros.recordValue(
        Math.max(0, ChronoUnit.MICROS.between(meal.placedAt(), meal.finishedAt())));
    if (!history.firstMeal(meal.offset())) {
      outOfOrder++;
      example("the meal of order %s stands behind one of a later order of its key", at);
    }
  }

  /**
   * @param id as the order's value, which the dead letter repeats, has it
   */
  void deadLetter(byte @Nullable [] key, String id, String ordersTopic, DeadLetter letter) {
    if (!letter.originTopic().equals(ordersTopic)) {
      unknownEnds++;
      example("a dead letter names topic " + Text.shown(letter.originTopic()));
      return;
    }
    if (!isOurs("dead letter", letter.origin())) {
      return;
    }
    int at = (int) (letter.origin().offset() - firstOffset);
    if (letter.reason() != DeadLetterReason.OVERSIZE) { // that one's value is cut
      requireIdentity("dead letter", at, identity(key, id));
    }
    if (dead.get(at)) {
      deadTwice++;
      return;
    }
    dead.set(at);
    if (!history(key, at).firstDeadLetter(letter.origin().offset())) {
      outOfOrder++;
      example("the dead letter of order %s stands behind one of a later order of its key", at);
    }
  }

  /** A record on {@code meals} or {@code dead-letters} that is none. */
  void unreadable(String why) {
    unreadable++;
    example("unreadable: " + why);
  }

  LogFindings findings() {
    BitSet ended = (BitSet) cooked.clone();
    ended.or(dead);
    BitSet open = (BitSet) orders.clone();
    open.andNot(ended);
    BitSet conflicting = (BitSet) cooked.clone();
    conflicting.and(dead);
    open.stream().limit(3).forEach(at -> example("order %s has no end", at));
    conflicting.stream().limit(3).forEach(at -> example("order %s was cooked and given up", at));
    return new LogFindings(
        orders.cardinality(),
        ofBatch,
        cooked.cardinality(),
        dead.cardinality(),
        cookedTwice,
        deadTwice,
        open.cardinality(),
        conflicting.cardinality(),
        unknownEnds,
        mistakenEnds,
        unreadable,
        outOfOrder,
        countOverlapping(),
        completionMicros,
        List.copyOf(examples));
  }

  private long countOverlapping() {
    long overlapping = 0;
    for (KeyHistory history : keys.values()) {
      for (KeyHistory.Overlap overlap : history.overlapping()) {
        overlapping++;
        example(
            "order %s was begun while another order of its key was being cooked",
            (int) (overlap.later().offset() - firstOffset));
      }
    }
    return overlapping;
  }

  private boolean isOurs(String end, CompletionId named) {
    long at = named.offset() - firstOffset;
    if (named.partition() == partition
        && at >= 0
        && at <= Integer.MAX_VALUE
        && orders.get((int) at)) {
      return true;
    }
    unknownEnds++;
    example("a " + end + " on partition " + partition + " names " + named + ", which is no order");
    return false;
  }

  private void requireIdentity(String end, int at, int identity) {
    if (identities[at] != identity) {
      mistakenEnds++;
      example("the " + end + " of order %s has another key or order id", at);
    }
  }

  /** An order without a key is ordered by its id, and so is alone. */
  private KeyHistory history(byte @Nullable [] key, int at) {
    return key == null
        ? new KeyHistory()
        : keys.computeIfAbsent(ByteBuffer.wrap(key), unused -> new KeyHistory());
  }

  private static int identity(byte @Nullable [] key, String id) {
    return 31 * Arrays.hashCode(key) + id.hashCode();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void example(String words, int at) {
    example(words.formatted(new CompletionId(partition, firstOffset + at)));
  }

  private void example(String words) {
    if (examples.size() < LogFindings.MOST_EXAMPLES) {
      examples.add(words);
    }
  }
}
