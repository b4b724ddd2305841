package dev.brigade.producer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which of the orders sent by this run have ended. Orders are known by partition and offset, a few
 * bits each. Acknowledgements of one partition arrive in the order of their offsets; that is why an
 * end below the last acknowledged offset that belongs to none of ours is somebody else's.
 * Thread-safe: acknowledgements and ends come from different threads.
 */
final class OpenOrders {
  /** What an end meant. */
  enum Verdict {
    /** The first end of an order of ours. */
    FIRST,
    /** An order of ours that had ended already. */
    AGAIN,
    /** Another sender's order. */
    FOREIGN,
    /** Ahead of the acknowledgements, so whose it is will be known later: ask again. */
    UNDECIDED
  }

  private final Partition[] partitions;
  private final AtomicLong open = new AtomicLong();
  private final LongAdder cooked = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private final LongAdder cookedTwice = new LongAdder();
  private final LongAdder conflicting = new LongAdder();
  private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
  private volatile boolean sealed;

  OpenOrders(int partitions) {
    this.partitions = new Partition[partitions];
    for (int i = 0; i < partitions; i++) {
      this.partitions[i] = new Partition();
    }
  }

  /** The sets begin at the first acknowledged offset. Guarded by its own monitor. */
  private static final class Partition {
    private long last = -1;
    private @Nullable OffsetSet ours;
    private @Nullable OffsetSet cooked;
    private @Nullable OffsetSet dead;
  }

  /** An order of ours is in the log. */
  void acknowledged(int partition, long offset) {
    open.incrementAndGet();
    Partition p = partitions[partition];
    synchronized (p) {
      if (p.ours == null) {
        p.ours = new OffsetSet(offset);
        p.cooked = new OffsetSet(offset);
        p.dead = new OffsetSet(offset);
      }
      p.ours.add(offset);
      p.last = offset;
    }
  }

  /** No acknowledgement follows. */
  void seal() {
    sealed = true;
    completeIfAllEnded();
  }

  Verdict end(OrderEnd end) {
    if (end.partition() < 0 || end.partition() >= partitions.length) {
      return Verdict.FOREIGN;
    }
    boolean noMoreAcknowledgements = sealed;
    Verdict verdict;
    Partition p = partitions[end.partition()];
    synchronized (p) {
      verdict =
          end.offset() > p.last && !noMoreAcknowledgements ? Verdict.UNDECIDED : judge(p, end);
    }
    if (verdict == Verdict.FIRST) {
      (end.cooked() ? cooked : dead).increment();
      open.decrementAndGet();
      completeIfAllEnded();
    }
    return verdict;
  }

  private Verdict judge(Partition p, OrderEnd end) {
    if (p.ours == null || p.cooked == null || p.dead == null || !p.ours.contains(end.offset())) {
      return Verdict.FOREIGN;
    }
    OffsetSet same = end.cooked() ? p.cooked : p.dead;
    OffsetSet other = end.cooked() ? p.dead : p.cooked;
    if (!same.add(end.offset())) {
      if (end.cooked()) {
        cookedTwice.increment();
      }
      return Verdict.AGAIN;
    }
    if (other.contains(end.offset())) {
      conflicting.increment();
      return Verdict.AGAIN;
    }
    return Verdict.FIRST;
  }

  private void completeIfAllEnded() {
    if (sealed && open.get() == 0) {
      allEnded.complete(null);
    }
  }

  /** Done once the set is sealed and every order in it has its end. */
  CompletableFuture<Void> allEnded() {
    return allEnded;
  }

  long open() {
    return open.get();
  }

  long cooked() {
    return cooked.sum();
  }

  long dead() {
    return dead.sum();
  }

  /** Meals beyond the first of one order. */
  long cookedTwice() {
    return cookedTwice.sum();
  }

  /** Orders with a meal and a dead letter. */
  long conflicting() {
    return conflicting.sum();
  }
}
