package dev.brigade.audit;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A worker of one chef whose steps the test takes: right if they come in the right order. */
final class TestCook implements AutoCloseable {
  static final String POISON = "poison";

  private final Kitchen kitchen;
  private final String name;
  private final boolean transactional;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;

  TestCook(
      Map<String, Object> client,
      Kitchen kitchen,
      String name,
      Delivery delivery,
      String offsetReset) {
    this.kitchen = kitchen;
    this.name = name;
    this.transactional = delivery == Delivery.EXACTLY_ONCE;
    Map<String, Object> reading = new HashMap<>(client);
    reading.put("group.id", kitchen.chefsGroup());
    reading.put("isolation.level", "read_committed");
    reading.put("enable.auto.commit", "false");
    reading.put("auto.offset.reset", offsetReset);
    reading.put("max.poll.records", "20");
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Map<String, Object> writing = new HashMap<>(client);
    writing.put("acks", "all");
    if (transactional) {
      writing.put("transactional.id", kitchen.transactionalId(name, 0));
    }
    producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    if (transactional) {
      producer.initTransactions();
    }
    consumer.subscribe(List.of(kitchen.orders()));
  }

  /** Waits for orders. */
  List<ConsumerRecord<byte[], byte[]>> take() {
    List<ConsumerRecord<byte[], byte[]>> orders = new ArrayList<>();
    long begin = System.nanoTime();
    while (orders.isEmpty()) {
      consumer.poll(Duration.ofMillis(100)).forEach(orders::add);
      if (System.nanoTime() - begin > 30e9) {
        throw new AssertionError(name + " gets no orders");
      }
    }
    return orders;
  }

  void join() {
    while (consumer.assignment().isEmpty()) {
      consumer.poll(Duration.ofMillis(100));
    }
    consumer.assignment().forEach(consumer::position);
  }

  void begin() {
    if (transactional) {
      producer.beginTransaction();
    }
  }

  /** Returns when the brokers have all ends. */
  void cook(List<ConsumerRecord<byte[], byte[]>> orders) throws MalformedRecordException {
    for (ConsumerRecord<byte[], byte[]> order : orders) {
      producer.send(end(order));
    }
    producer.flush();
  }

  private ProducerRecord<byte[], byte[]> end(ConsumerRecord<byte[], byte[]> record)
      throws MalformedRecordException {
    Order order = OrderCodec.decode(record.value());
    Instant started = Instant.now();
    if (order.dish().equals(POISON)) {
      RecordHeaders headers = new RecordHeaders();
      new DeadLetter(
              DeadLetterReason.REJECTED,
              "not fit to eat",
              1,
              name,
              started,
              kitchen.orders(),
              new CompletionId(record.partition(), record.offset()))
          .writeTo(headers);
      return new ProducerRecord<>(
          kitchen.deadLetters(), record.partition(), record.key(), record.value(), headers);
    }
    Meal meal =
        new Meal(
            order.id(),
            order.dish(),
            order.table(),
            name,
            0,
            record.partition(),
            record.offset(),
            1,
            order.placedAt(),
            started,
            started,
            0,
            null,
            NullNode.getInstance());
    return new ProducerRecord<>(
        kitchen.meals(), record.partition(), record.key(), MealCodec.encode(meal));
  }

  /** What has been taken, in the transaction if there is one. */
  void commit() {
    if (transactional) {
      producer.sendOffsetsToTransaction(taken(), consumer.groupMetadata());
      producer.commitTransaction();
    } else {
      consumer.commitSync(taken());
    }
  }

  /** The transaction alone, without the offsets. */
  void commitEndsAlone() {
    producer.commitTransaction();
  }

  void commitPlainly() {
    consumer.commitSync(taken());
  }

  void commitPlainly(Map<TopicPartition, OffsetAndMetadata> offsets) {
    consumer.commitSync(offsets);
  }

  Map<TopicPartition, OffsetAndMetadata> taken() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    consumer
        .assignment()
        .forEach(
            partition ->
                offsets.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    return offsets;
  }

  @Override
  public void close() {
    consumer.close();
    producer.close(Duration.ZERO);
  }
}
