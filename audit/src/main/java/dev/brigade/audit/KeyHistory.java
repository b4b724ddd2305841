package dev.brigade.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of one key's orders tell about the order in which they were cooked. Ends are added
 * as they stand in their topic. Not thread-safe.
 */
public final class KeyHistory {
  /** Start and end of a cook come from different clocks of a machine, which may be adjusted. */
  public static final long CLOCK_TOLERANCE_MICROS = Duration.ofMillis(1).toNanos() / 1000;

  private static final long NONE = -1;

  private long lastCooked = NONE;
  private long lastDead = NONE;
  private final List<Cook> cooks = new ArrayList<>(2);

  /**
   * From the first try's start to the last one's end, microseconds of the epoch.
   *
   * @param offset of the order
   */
  public record Cook(long offset, long startMicros, long endMicros) {}

  /**
   * @return false if a later order of this key was cooked before
   */
  public boolean firstMeal(long offset) {
    boolean inOrder = offset > lastCooked;
    lastCooked = Math.max(lastCooked, offset);
    return inOrder;
  }

  /**
   * @return false if a later order of this key was given up before
   */
  public boolean firstDeadLetter(long offset) {
    boolean inOrder = offset > lastDead;
    lastDead = Math.max(lastDead, offset);
    return inOrder;
  }

  public void cooked(Cook cook) {
    cooks.add(cook);
  }

  /** Two cooks of which the later begun one began before the other had ended. */
  public record Overlap(Cook earlier, Cook later) {}

  /** At most one for each cook: with that of the earlier ones that ended last. */
  public List<Overlap> overlapping() {
    cooks.sort(Comparator.comparingLong(Cook::startMicros).thenComparingLong(Cook::offset));
    List<Overlap> overlapping = new ArrayList<>();
    @Nullable Cook longest = null;
    for (Cook cook : cooks) {
      if (longest != null && cook.startMicros() + CLOCK_TOLERANCE_MICROS < longest.endMicros()) {
        overlapping.add(new Overlap(longest, cook));
      }
      if (longest == null || cook.endMicros() > longest.endMicros()) {
        longest = cook;
      }
    }
    return overlapping;
  }
}
