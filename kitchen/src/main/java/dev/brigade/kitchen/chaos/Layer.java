package dev.brigade.kitchen.chaos;

/** What a fault hits. At most one fault of each layer is in force at a time. */
enum Layer {
  WORKERS,
  BROKERS,
  NETWORK,
  MONITOR
}
