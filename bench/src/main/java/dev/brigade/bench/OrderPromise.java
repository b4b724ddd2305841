package dev.brigade.bench;

/** Which orders a contender cooks in the order of the log. What it does not promise is no fault. */
public enum OrderPromise {
  /** Those of a key. */
  KEY,
  /** Those of a partition, and so those of a key. */
  PARTITION,
  NONE
}
