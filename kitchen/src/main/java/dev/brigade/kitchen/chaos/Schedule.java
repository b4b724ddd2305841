package dev.brigade.kitchen.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults come when: decided by the seed alone, before anything runs. */
record Schedule(List<PlannedFault> faults) {
  private static final long FIRST_MILLIS = 8_000;
  private static final int SHORTEST_PAUSE_MILLIS = 5_000;
  private static final int LONGEST_PAUSE_MILLIS = 15_000;

  Schedule {
    faults = List.copyOf(faults);
  }

  /**
   * A fault every 5 to 15 s. Every kind comes once before any comes again, in an order that the
   * seed decides.
   *
   * @param duration how long orders flow; no fault lasts longer
   */
  static Schedule of(long seed, List<FaultKind> kinds, Duration duration) {
    Random random = new Random(seed);
    List<PlannedFault> faults = new ArrayList<>();
    List<FaultKind> deck = new ArrayList<>();
    long at = FIRST_MILLIS;
    while (true) {
      if (deck.isEmpty()) {
        deck.addAll(kinds);
        Collections.shuffle(deck, random);
      }
      FaultKind kind = deck.remove(deck.size() - 1);
      long shortest = kind.shortest().toMillis();
      long span = kind.longest().toMillis() - shortest;
      long hold = shortest + random.nextInt((int) span + 1);
      if (at + hold > duration.toMillis()) {
        return new Schedule(faults);
      }
      faults.add(new PlannedFault(faults.size() + 1, kind, at, hold));
      at +=
          SHORTEST_PAUSE_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS + 1);
    }
  }
}
