package dev.brigade.audit;

/** What the workers promised about crashes. */
public enum Delivery {
  /** After a crash an order may have two ends. */
  AT_LEAST_ONCE,
  /** Readers of committed records see one end of each order, and its offset committed with it. */
  EXACTLY_ONCE
}
