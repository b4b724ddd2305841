package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Every fault that a contender's work can have is planted once and found. */
class MealLogTest {
  private static final OrderBook BOOK = OrderBook.of(Workload.of(200, 10, Duration.ZERO));

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(allMeals());

  @Test
  void findsNothingWrongWithRightWork() {
    assertThat(faults(OrderPromise.KEY)).isEmpty();
  }

  @Test
  void findsOrdersWithoutAMeal() {
    records.remove(17);
    records.remove(42);

    assertThat(faults(OrderPromise.NONE)).containsExactly("2 of 200 orders have no meal");
  }

  @Test
  void findsMealsTooManyUnlessSomebodyWasKilled() {
    records.add(records.get(199));

    assertThat(faults(OrderPromise.KEY)).containsExactly("1 meals too many");
    assertThat(MealLog.of(BOOK, records).faults(OrderPromise.KEY, true)).isEmpty();
    assertThat(MealLog.of(BOOK, records).duplicates()).isEqualTo(1);
  }

  @Test
  void findsAnOvertakenOrderWhereOrderIsPromised() {
    OrderBook oneTable = OrderBook.of(Workload.of(50, 1, Duration.ZERO).withKeys(1));
    List<ConsumerRecord<byte[], byte[]>> meals = new ArrayList<>(meals(oneTable));
    Collections.swap(meals, 10, 11);

    assertThat(MealLog.of(oneTable, meals).faults(OrderPromise.KEY, false))
        .containsExactly("1 orders were overtaken by a later one of their table");
    assertThat(MealLog.of(oneTable, meals).faults(OrderPromise.NONE, false)).isEmpty();
  }

  @Test
  void takesARepeatedMealForNoOvertaking() {
    records.add(records.get(0));

    assertThat(MealLog.of(BOOK, records).faults(OrderPromise.KEY, true)).isEmpty();
  }

  @Test
  void findsAMealOfNoOrder() {
    OrderBook larger = OrderBook.of(Workload.of(201, 10, Duration.ZERO));
    records.add(meals(larger).get(200));

    assertThat(faults(OrderPromise.KEY)).anyMatch(fault -> fault.contains("nobody placed"));
  }

  @Test
  void findsAMealInAnotherPartitionThanItsOrder() {
    ConsumerRecord<byte[], byte[]> right = records.get(5);
    records.set(5, record((right.partition() + 1) % 12, right.key(), right.value()));

    assertThat(faults(OrderPromise.KEY)).anyMatch(fault -> fault.contains("another partition"));
  }

  @Test
  void findsAMealWithAnotherKey() {
    ConsumerRecord<byte[], byte[]> right = records.get(5);
    byte[] key = "t-other".getBytes(StandardCharsets.UTF_8);
    records.set(5, record(right.partition(), key, right.value()));

    assertThat(faults(OrderPromise.KEY)).anyMatch(fault -> fault.contains("another key"));
  }

  @Test
  void findsAMealThatNamesAnotherPlace() {
    String value = new String(records.get(5).value(), StandardCharsets.UTF_8);
    byte[] wrong =
        value.replaceFirst("\"offset\":\\d+", "\"offset\":199").getBytes(StandardCharsets.UTF_8);
    records.set(5, record(records.get(5).partition(), records.get(5).key(), wrong));

    assertThat(faults(OrderPromise.KEY)).anyMatch(fault -> fault.contains("another place"));
  }

  @Test
  void findsWhatIsNoMealAndSaysHowManyThereAre() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    IntStream.range(0, 7).forEach(i -> records.add(record(1, new byte[0], garbage)));

    assertThat(faults(OrderPromise.KEY))
        .anyMatch(fault -> fault.contains("is no meal"))
        .contains("7 odd meals in all");
  }

  @Test
  void measuresFromTheFirstMealToTheLast() {
    Span span = MealLog.of(BOOK, records).span();

    assertThat(span.meals()).isEqualTo(200);
    assertThat(span.rate()).isEqualTo(1_000);
  }

  private List<String> faults(OrderPromise promise) {
    return MealLog.of(BOOK, records).faults(promise, false);
  }

  private static List<ConsumerRecord<byte[], byte[]>> allMeals() {
    return meals(BOOK);
  }

  /** In the order of the orders, one appended every millisecond. */
  private static List<ConsumerRecord<byte[], byte[]>> meals(OrderBook book) {
    return IntStream.range(0, book.size())
        .mapToObj(
            seq -> {
              ProducerRecord<byte[], byte[]> meal = book.meal("meals", seq, Instant.EPOCH);
              return record(seq, meal.partition(), meal.key(), meal.value());
            })
        .toList();
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, byte[] key, byte[] value) {
    return record(0, partition, key, value);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long timestamp, int partition, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        "meals",
        partition,
        0,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
