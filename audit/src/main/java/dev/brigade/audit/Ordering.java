package dev.brigade.audit;

/** What the workers promised to cook one at a time, in log order. */
public enum Ordering {
  KEY,
  PARTITION,
  NONE
}
