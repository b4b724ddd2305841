package dev.brigade.kitchen.planted.producer;

import dev.brigade.kitchen.planted.monitor.MonitorWithBroker;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record ProducerWithMonitor(MonitorWithBroker monitor) {}
