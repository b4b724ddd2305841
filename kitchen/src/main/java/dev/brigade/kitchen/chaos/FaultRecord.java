package dev.brigade.kitchen.chaos;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one planned fault.
 *
 * @param victim who was hit; null if nobody was
 * @param workers who may have done work then that was not committed; empty: all
 * @param injectedAtMillis since the load began; null if it was not injected
 * @param healedAtMillis since the load began
 * @param evidence what shows that it had an effect; null if nothing does
 * @param failure why it could not be injected or healed; null if it could
 * @param recovery what became of the partitions it hit
 */
record FaultRecord(
    PlannedFault planned,
    @Nullable String victim,
    Set<String> workers,
    @Nullable Long injectedAtMillis,
    @Nullable Long healedAtMillis,
    @Nullable String evidence,
    @Nullable String failure,
    @Nullable Recovery recovery) {

  static FaultRecord notInjected(PlannedFault planned, String failure) {
    return new FaultRecord(planned, null, Set.of(), null, null, null, failure, null);
  }

  /** Whether it was in force and shown to have an effect. */
  boolean hasBitten() {
    return injectedAtMillis != null && evidence != null && failure == null;
  }
}
