package dev.brigade.audit;

/** Which orders past a committed offset are done, as the commit's metadata tells. */
@FunctionalInterface
public interface CompletedSet {
  /** Of a commit without metadata. */
  CompletedSet NONE = offset -> false;

  /**
   * @param offset of an order, at or past the committed one
   */
  boolean contains(long offset);

  /** Reads metadata. */
  @FunctionalInterface
  interface Decoder {
    CompletedSet decode(long committed, String metadata);

    /** For workers that keep nothing there. */
    Decoder NOTHING = (committed, metadata) -> NONE;
  }
}
