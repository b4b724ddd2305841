package dev.brigade.kitchen.planted.worker;

import dev.brigade.kitchen.planted.producer.ProducerWithMonitor;
import org.apache.kafka.clients.consumer.Consumer;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record Chef(Consumer<byte[], byte[]> consumer, ProducerWithMonitor producer) {}
