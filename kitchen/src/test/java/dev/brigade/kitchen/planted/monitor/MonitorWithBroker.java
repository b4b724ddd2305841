package dev.brigade.kitchen.planted.monitor;

import dev.brigade.kitchen.planted.worker.Chef;
import org.apache.kafka.server.authorizer.Authorizer;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record MonitorWithBroker(Authorizer authorizer, Chef chef) {}
