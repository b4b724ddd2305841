package dev.brigade.audit;

/**
 * What a sender knows of one of its orders.
 *
 * @param sequence counts the sender's orders of this key, from 0
 * @param hash of the value's bytes: the first 8 bytes of their SHA-256
 * @param partition where it was acknowledged; -1 for any other outcome
 * @param offset likewise
 * @param reason why it is unknown or failed; empty where it was acknowledged
 */
public record LedgerEntry(
    String id,
    String key,
    long sequence,
    long hash,
    Outcome outcome,
    int partition,
    long offset,
    String reason) {
  private static final int NOWHERE = -1;

  /** What became of the sending of an order. */
  public enum Outcome {
    /** The brokers said that it is in the log, and where. */
    ACKED,
    /** It may be in the log or not. */
    UNKNOWN,
    /** It certainly is not in the log. */
    FAILED
  }

  static LedgerEntry intended(String id, String key, long sequence, long hash) {
    return new LedgerEntry(
        id, key, sequence, hash, Outcome.UNKNOWN, NOWHERE, NOWHERE, "no outcome was written");
  }

  LedgerEntry acked(int atPartition, long atOffset) {
    return new LedgerEntry(id, key, sequence, hash, Outcome.ACKED, atPartition, atOffset, "");
  }

  LedgerEntry unknown(String why) {
    return new LedgerEntry(id, key, sequence, hash, Outcome.UNKNOWN, NOWHERE, NOWHERE, why);
  }

  LedgerEntry failed(String why) {
    return new LedgerEntry(id, key, sequence, hash, Outcome.FAILED, NOWHERE, NOWHERE, why);
  }
}
