import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.OrderCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all meals of a kitchen, as any other program would, and prints a line for each: {@code
 * RESULT PAYLOAD WORKER ORDERED COOKED}, separated by two blanks; the last two are when the log
 * took the order and the meal, in milliseconds of the epoch. Dead letters go to stderr.
 *
 * <p>A meal does not repeat its order's payload: it names the order's place in the log.
 */
class ReadMeals {
  private record Ordered(String payload, long at) {}

  private final Map<CompletionId, Ordered> orders = new HashMap<>();

  public static void main(String[] args) throws MalformedRecordException {
    Kitchen kitchen = new Kitchen(args.length > 1 ? args[1] : Kitchen.DEFAULT_NAME);
    Map<String, Object> config =
        Map.of("bootstrap.servers", args[0], "isolation.level", "read_committed");
    ReadMeals reader = new ReadMeals();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      read(consumer, kitchen.orders(), reader::order);
      read(consumer, kitchen.meals(), reader::meal);
      read(consumer, kitchen.deadLetters(), reader::deadLetter);
    }
  }

  private interface Handler {
    void take(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;
  }

  /** From the first record to the last that is there now. */
  private static void read(KafkaConsumer<byte[], byte[]> consumer, String topic, Handler handler)
      throws MalformedRecordException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        handler.take(record);
      }
    }
  }

  private void order(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    orders.put(
        new CompletionId(record.partition(), record.offset()),
        new Ordered(text(OrderCodec.decode(record.value()).payload()), record.timestamp()));
  }

  private void meal(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    Meal meal = MealCodec.decode(record.value());
    Ordered order = orders.get(meal.completionId());
    System.out.println(
        String.join(
            "  ",
            text(meal.result()),
            order.payload(),
            meal.worker(),
            Long.toString(order.at()),
            Long.toString(record.timestamp())));
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
    DeadLetter letter = DeadLetter.read(record.headers());
    System.err.printf(
        "dead letter (%s): %s: %s%n",
        letter.reason().wireName(), orders.get(letter.origin()).payload(), letter.error());
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
