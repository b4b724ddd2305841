package dev.brigade.worker;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An order that got its end, on its way to the log.
 *
 * @param meal true for a meal, false for a dead letter
 */
record EndedOrder(OpenOrder order, ProducerRecord<byte[], byte[]> record, boolean meal) {}
