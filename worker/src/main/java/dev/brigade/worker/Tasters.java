package dev.brigade.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which order kills the process it is cooked in, at no worker's expense. Suspects are
 * cooked in one {@link Taster}, as many at a time as there are chefs. When it dies, those that were
 * in it are accused, and cooked one at a time in another one: who kills that is found out. A signal
 * that others may have sent proves nothing the first time. Thread-safe.
 */
final class Tasters implements AutoCloseable {
  /** Deaths of a taster in which an order was alone, if others may have caused them. */
  static final int PROOFS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Tasters.class);

  private static final long TURN_NANOS = Duration.ofMillis(20).toNanos();

  /** When to ask again after {@link NoTaster}. */
  static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long one that nobody needs is kept. */
  static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final TasterFrames.@Nullable Kit kit;
  private final Duration startLimit;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private @Nullable Taster together;
  private @Nullable Taster alone;
  private @Nullable OpenOrder accused;
  private volatile int cooking;
  private boolean closed;
  private long idleSinceNanos;

  /**
   * @param kit of every taster; null if the recipes cannot be made again elsewhere
   */
  Tasters(TasterFrames.@Nullable Kit kit) {
    this(kit, START_LIMIT, System::nanoTime);
  }

  /**
   * @param startLimit how long a taster has to get its recipes ready
   */
  Tasters(TasterFrames.@Nullable Kit kit, Duration startLimit, LongSupplier nanoTime) {
    this.kit = kit;
    this.startLimit = startLimit;
    this.nanoTime = nanoTime;
    this.idleSinceNanos = nanoTime.getAsLong();
  }

  /** Whether this order is to be cooked here. */
  boolean isFor(OpenOrder order) {
    return order.assignment.isSuspect(order.record.offset()) && kit != null;
  }

  /**
   * Whether it may be now.
   *
   * @return 0 if it may, and then {@link #cook} is to be called; else after how many nanoseconds it
   *     is to ask again
   */
  synchronized long admit(OpenOrder order) {
    if (!order.isAccused) {
      return 0;
    }
    if (accused != null && accused != order) {
      return TURN_NANOS;
    }
    accused = order;
    return 0;
  }

  /** It may, but does not want to for now. */
  synchronized void letGo(OpenOrder order) {
    if (accused == order) {
      accused = null;
    }
  }

  /**
   * As the recipe's own.
   *
   * @throws TasterDied if the order is to be judged by {@link #isProven}
   * @throws NoTaster if it cannot be cooked for now
   */
  @Nullable CookResult cook(OpenOrder order, CookContext context)
      throws TasterDied, NoTaster, InterruptedException {
    boolean isAlone = order.isAccused;
    try {
      Taster taster = take(isAlone);
      return taster.cook(order.record.value(), context);
    } catch (TasterDied e) {
      if (isAlone) {
        order.proofs += e.mayComeFromOutside() ? 1 : PROOFS;
      }
      order.isAccused = true;
      LOG.warn(
          "a taster died with order {} in it{}: {}",
          order.completionId(),
          isAlone ? " alone" : " and maybe others",
          e.getMessage());
      throw e;
    } catch (IOException e) {
      throw new NoTaster(e);
    } finally {
      giveBack(order);
    }
  }

  /** Whether it is certain that this order kills whoever cooks it. */
  static boolean isProven(OpenOrder order) {
    return order.proofs >= PROOFS;
  }

  private synchronized Taster take(boolean isAlone) throws IOException {
    cooking++;
    if (isAlone) {
      alone = alive(alone);
      return alone;
    }
    together = alive(together);
    return together;
  }

  private synchronized void giveBack(OpenOrder order) {
    cooking--;
    idleSinceNanos = nanoTime.getAsLong();
    letGo(order);
  }

  /** Ends what nobody has needed for a while; to be called now and then. */
  void closeIdle() {
    // Not under the lock: while a taster starts, whoever calls this has other things to do
    if (cooking == 0) {
      closeUnlessNeeded();
    }
  }

  private synchronized void closeUnlessNeeded() {
    if (cooking == 0 && nanoTime.getAsLong() - idleSinceNanos > KEPT_NANOS) {
      endAll();
    }
  }

  private Taster alive(@Nullable Taster taster) throws IOException {
    if (closed) {
      throw new IOException("the worker has ended");
    }
    if (taster != null && taster.isAlive()) {
      return taster;
    }
    Taster started = Taster.start(Objects.requireNonNull(kit), startLimit);
    LOG.info("a taster is process {}", started.pid());
    return started;
  }

  /** From then on none is started. */
  @Override
  public synchronized void close() {
    closed = true;
    endAll();
  }

  private void endAll() {
    if (together != null) {
      together.close();
      together = null;
    }
    if (alone != null) {
      alone.close();
      alone = null;
    }
  }
}
