package dev.brigade.audit;

/**
 * A record on {@code orders}, as far as it takes part in the invariants.
 *
 * @param id empty if the value is no order
 * @param dish empty if the value is no order
 * @param key hash of what orders are kept in order by: the record's key, else the order's id;
 *     {@link #ALONE} if there is neither
 * @param value hash of the value's bytes, as a {@link LedgerEntry} has it
 * @param identity hash of key and id, which an order's ends repeat
 * @param appendedAt epoch milliseconds, by the broker's clock
 */
public record OrderSeen(
    long offset, String id, String dish, long key, long value, long identity, long appendedAt) {
  /** The key of an order that shares it with nobody. */
  public static final long ALONE = 0;
}
