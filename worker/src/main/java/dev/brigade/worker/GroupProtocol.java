package dev.brigade.worker;

/** How Kafka shares the partitions among the workers of a kitchen. */
enum GroupProtocol {
  /** The members agree among themselves, step by step, so that who keeps a partition goes on. */
  CLASSIC,

  /** The brokers assign, and set the session's times (Kafka 4.0 or newer). */
  CONSUMER
}
