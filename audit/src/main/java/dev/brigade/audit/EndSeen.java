package dev.brigade.audit;

/**
 * A record on {@code meals} or {@code dead-letters}, as far as it takes part in the invariants. The
 * times of a dead letter's cook are not known: they are 0.
 *
 * @param offset its own
 * @param orderOffset the completion id's; {@link #ASTRAY} if it names another topic or partition
 * @param dish of a meal; empty for a dead letter
 * @param identity hash of key and id of the order it names; {@link #UNKNOWN_IDENTITY} where the
 *     order's value was cut
 * @param appendedAt epoch milliseconds, by the broker's clock
 * @param startedAt of the cook, microseconds of the epoch
 * @param finishedAt likewise
 * @param completion microseconds from placedAt to finishedAt, negative where the clocks say so
 * @param waiting microseconds from placedAt to startedAt, likewise
 * @param cook microseconds of the successful try
 */
public record EndSeen(
    long offset,
    long orderOffset,
    String worker,
    String dish,
    long identity,
    long appendedAt,
    long startedAt,
    long finishedAt,
    long completion,
    long waiting,
    long cook) {
  public static final long ASTRAY = -1;
  public static final long UNKNOWN_IDENTITY = 0;
}
