package dev.brigade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBookTest {
  private static final Workload WORK = Workload.of(5_000, 10, Duration.ZERO);

  @Test
  void givesTheSameOrdersForTheSameWork() {
    OrderBook one = OrderBook.of(WORK);
    OrderBook other = OrderBook.of(WORK);

    assertThat(IntStream.range(0, one.size()).mapToObj(one::key))
        .containsExactlyElementsOf(IntStream.range(0, other.size()).mapToObj(other::key).toList());
  }

  @Test
  void numbersThePlacesOfEachPartitionWithoutAGap() {
    OrderBook book = OrderBook.of(WORK.withSlowHeads());
    int[] next = new int[WORK.partitions()];

    for (int seq = 0; seq < book.size(); seq++) {
      assertThat(book.offset(seq)).isEqualTo(next[book.partition(seq)]++);
    }
    assertThat(IntStream.of(next).sum()).isEqualTo(5_000 + WORK.partitions());
  }

  @Test
  void putsEveryTableWhereKafkasProducersPutIt() {
    OrderBook book = OrderBook.of(WORK);

    ProducerRecord<byte[], byte[]> record = book.record("orders", 17, Instant.EPOCH);

    assertThat(record.partition())
        .isEqualTo(BuiltInPartitioner.partitionForKey(record.key(), WORK.partitions()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 100, 1_000})
  void knowsThePlacesInAnyNumberOfPartitions(int partitions) {
    OrderBook book = OrderBook.of(WORK.withPartitions(partitions).withSlowHeads());
    int[] next = new int[partitions];

    for (int seq = 0; seq < book.size(); seq++) {
      assertThat(book.offset(seq)).isEqualTo(next[book.partition(seq)]++);
      if (!book.isSlow(seq)) {
        ProducerRecord<byte[], byte[]> record = book.record("orders", seq, Instant.EPOCH);
        assertThat(record.partition())
            .isEqualTo(BuiltInPartitioner.partitionForKey(record.key(), partitions));
      }
    }
    assertThat(IntStream.of(next)).allMatch(count -> count > 0);
    assertThat(book.size()).isEqualTo(5_000 + partitions);
  }

  @Test
  void givesTheHotTableItsShareAndKnowsItAlone() {
    OrderBook book = OrderBook.of(WORK.withHotShare(0.1));

    long hot = IntStream.range(0, book.size()).filter(book::isHot).count();

    assertThat(hot).isBetween(400L, 600L);
    OrderBook alone = book.hotTableAlone();
    assertThat(alone.size()).isEqualTo((int) hot);
    assertThat(IntStream.range(0, alone.size()).mapToObj(alone::key)).containsOnly("t10000");
    for (int seq = 0; seq < alone.size(); seq++) {
      assertThat(alone.offset(seq)).isEqualTo(seq);
      assertThat(alone.partition(seq))
          .isEqualTo(BuiltInPartitioner.partitionForKey("t10000".getBytes(UTF_8), 12));
    }
  }

  @Test
  void beginsEveryPartitionWithASlowOrderOfATableOfItsOwn() throws Exception {
    OrderBook book = OrderBook.of(WORK.withSlowHeads());

    for (int seq = 0; seq < WORK.partitions(); seq++) {
      assertThat(book.isSlow(seq)).isTrue();
      assertThat(book.offset(seq)).isZero();
      Order order = OrderCodec.decode(book.value(seq, Instant.EPOCH));
      assertThat(order.dish()).isEqualTo(OrderBook.SLOW_DISH);
    }
    assertThat(book.isSlow(WORK.partitions())).isFalse();
    assertThat(IntStream.range(0, book.size()).filter(seq -> book.table(seq) < 0).count())
        .isEqualTo(WORK.partitions());
  }

  @Test
  void findsAnOrderByItsIdAndNothingByAnother() {
    OrderBook book = OrderBook.of(WORK);

    assertThat(book.seq(OrderBook.id(4_999))).isEqualTo(4_999);
    for (String foreign : new String[] {"o5000", "o", "x1", "o-1", "o1x", "o99999999999"}) {
      assertThat(book.seq(foreign)).as(foreign).isEqualTo(-1);
    }
  }
}
