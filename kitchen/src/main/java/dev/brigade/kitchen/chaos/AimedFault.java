package dev.brigade.kitchen.chaos;

import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault whose victim has been found.
 *
 * @param victim who is to be hit, for people
 * @param partitions of orders that are to stand still because of it; empty: any may
 * @param workers who may have done work then that is not committed; empty: all of them
 * @param inject called once
 * @param heal called once, after the fault has been in force for its time
 * @param bite asked after it was healed: what shows that it had an effect, or null if nothing does
 */
record AimedFault(
    String victim,
    Set<Integer> partitions,
    Set<String> workers,
    Step inject,
    Step heal,
    Supplier<@Nullable String> bite) {
  AimedFault {
    partitions = Set.copyOf(partitions);
    workers = Set.copyOf(workers);
  }

  /** Of a fault's life; runs on the thread of its layer, and may take its time. */
  interface Step {
    void run() throws InterruptedException;
  }
}
