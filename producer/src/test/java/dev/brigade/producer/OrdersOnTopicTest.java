package dev.brigade.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that the test writes, and a clock that moves with each poll. */
class OrdersOnTopicTest {
  private static final TopicPartition PARTITION = new TopicPartition("kitchen.orders", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final OrderIndex index = new OrderIndex();
  private Duration now = Duration.ZERO;
  private long end;
  private final OrdersOnTopic topic =
      new OrdersOnTopic(consumer, () -> Map.of(PARTITION, end), index, () -> now.toNanos());

  @BeforeEach
  void aFileOfThreeOrdersAndAnEmptyTopic() {
    for (String id : List.of("a", "b", "c")) {
      byte[] body = order(id);
      index.add(Hash64.of(id), Hash64.of(body, 0, body.length));
    }
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void allUpToTheEndIsReadWhateverItIs() {
    append(
        order("a"),
        new byte[0],
        new byte[] {(byte) 0xff},
        order("x"),
        order("b"),
        "{}".getBytes(UTF_8));

    topic.readToEnd();

    assertThat(consumer.position(PARTITION)).isEqualTo(6);
    assertThat(index.onTopic()).isEqualTo(2);
  }

  @Test
  void whatIsBehindAnOpenTransactionIsWaitedFor() {
    // Given an end beyond what may be read yet
    append(order("a"));
    end = 2;
    afterPolls(Duration.ofSeconds(30), 1);
    consumer.schedulePollTask(() -> append(order("b")));

    topic.readToEnd();

    assertThat(index.onTopic()).isEqualTo(2);
  }

  @Test
  void aTransactionThatStaysOpenIsAFailureThatSaysSo() {
    append(order("a"));
    end = 2;
    afterPolls(Duration.ofSeconds(20), 5);

    assertThatThrownBy(topic::readToEnd)
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "cannot read [kitchen.orders-0] to the end: nothing came for 60 s (is a transaction"
                + " open there, or a broker away?)");
  }

  @Test
  void aBatchThatComesLateIsFoundAndStartsTheWaitingAnew() {
    // Given a batch 1.9 s after the end was reached, and another one 1.9 s later
    afterPolls(Duration.ofMillis(1_900), 1);
    consumer.schedulePollTask(() -> append(order("b")));
    afterPolls(Duration.ofMillis(1_900), 1);
    consumer.schedulePollTask(() -> append(order("c")));
    afterPolls(Duration.ofMillis(500), 4);

    topic.readToRest();

    assertThat(index.onTopic()).isEqualTo(2);
    assertThat(now).isEqualTo(Duration.ofMillis(5_800));
  }

  @Test
  void othersOrdersDoNotProlongTheWaiting() {
    for (int i = 0; i < 4; i++) {
      String id = "x" + i;
      afterPolls(Duration.ofMillis(500), 1);
      consumer.schedulePollTask(() -> append(order(id)));
    }

    topic.readToRest();

    assertThat(now).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aProducerThatStillSendsTheFileIsAFailure() {
    for (String id : List.of("a", "b", "c")) {
      consumer.schedulePollTask(
          () -> {
            now = now.plusSeconds(31);
            append(order(id));
          });
    }

    // The first one is later than LATE, but its poll had begun before
    assertThatThrownBy(topic::readToRest)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the orders of this file are being sent by another producer: end it first");
  }

  private void afterPolls(Duration each, int times) {
    for (int i = 0; i < times; i++) {
      consumer.schedulePollTask(() -> now = now.plus(each));
    }
  }

  private void append(byte[]... values) {
    for (byte[] value : values) {
      consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, end++, null, value));
    }
  }

  private static byte[] order(String id) {
    return OrderCodec.encode(new Order(id, "soup", Instant.EPOCH));
  }
}
