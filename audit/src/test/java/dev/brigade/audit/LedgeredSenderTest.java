package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.audit.LedgerEntry.Outcome;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.TopicInit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(400)
class LedgeredSenderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Kitchen KITCHEN = new Kitchen("ledgered");

  @TempDir Path directory;

  private LedgeredSender sender(
      KafkaCluster cluster, String id, @Nullable JsonNode payload, Map<String, Object> more)
      throws IOException {
    Map<String, Object> client = new HashMap<>(more);
    client.put("bootstrap.servers", cluster.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      TopicInit.run(admin, KITCHEN, 2);
    }
    return new LedgeredSender(
        client,
        KITCHEN,
        id,
        directory.resolve(id),
        new LedgeredSender.Plan(5, 100, 3, List.of("soup"), payload));
  }

  /** Looks, before each record is sent, whether its intent is in the file. */
  public static final class Looking implements ProducerInterceptor<byte[], byte[]> {
    static final Queue<String> WITHOUT_INTENT = new ConcurrentLinkedQueue<>();
    static final Queue<String> DISHES = new ConcurrentLinkedQueue<>();
    private @Nullable Path ledger;

    @Override
    public void configure(Map<String, ?> config) {
      DISHES.clear();
      ledger = Path.of(String.valueOf(config.get("test.ledger")));
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      try {
        Order order = OrderCodec.decode(record.value());
        DISHES.add(order.dish());
        String id = order.id();
        if (ledger == null
            || Ledger.read(ledger).stream().noneMatch(entry -> entry.id().equals(id))) {
          WITHOUT_INTENT.add(id);
        }
        return record;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MalformedRecordException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}
  }

  @Test
  void everyOrderIsInTheLedgerBeforeItIsSent(KafkaCluster cluster) throws Exception {
    try (LedgeredSender sender =
        sender(
            cluster,
            "looked-at",
            null,
            Map.of(
                "interceptor.classes", Looking.class.getName(),
                "test.ledger", directory.resolve("looked-at").toString()))) {
      sender.start();
      await().atMost(PATIENCE).until(() -> sender.acked() >= 50);
      sender.stop(PATIENCE);

      assertThat(Looking.WITHOUT_INTENT).isEmpty();
      assertThat(sender.entries()).hasSizeGreaterThanOrEqualTo(50);
      assertThat(sender.entries()).allMatch(entry -> entry.outcome() == Outcome.ACKED);
    }
  }

  @Test
  void whatCannotBeSentHasFailed(KafkaCluster cluster) throws Exception {
    JsonNode tooLarge = TextNode.valueOf("x".repeat(2_000));
    try (LedgeredSender sender =
        sender(cluster, "too-large", tooLarge, Map.of("max.request.size", "1000"))) {
      sender.start();
      await().atMost(PATIENCE).until(() -> sender.failed() >= 5);
      sender.stop(PATIENCE);

      assertThat(sender.failed()).isEqualTo(sender.intended());
      assertThat(sender.entries())
          .allMatch(entry -> entry.outcome() == Outcome.FAILED)
          .allMatch(entry -> entry.reason().contains("RecordTooLarge"));
    }
  }

  @Test
  void whatIsAskedForIsOrderedBesideThePlan(KafkaCluster cluster) throws Exception {
    try (LedgeredSender sender =
        sender(
            cluster,
            "asked",
            null,
            Map.of(
                "interceptor.classes", Looking.class.getName(),
                "test.ledger", directory.resolve("asked").toString()))) {
      sender.start();
      sender.order("brisket");
      sender.order("brisket");
      await().atMost(PATIENCE).until(() -> sender.acked() >= 50);
      sender.stop(PATIENCE);

      assertThat(sender.entries()).extracting(LedgerEntry::id).doesNotHaveDuplicates();
      assertThat(Looking.DISHES).filteredOn("brisket"::equals).hasSize(2);
      assertThat(Looking.DISHES).hasSize((int) sender.intended());
    }
  }

  @Test
  void theSameSeedOrdersTheSame() {
    LedgeredSender.Plan plan = new LedgeredSender.Plan(9, 1, 4, List.of("soup", "burger"), null);
    PlannedOrders one = new PlannedOrders("a", plan);
    PlannedOrders two = new PlannedOrders("a", plan);
    Instant now = Instant.ofEpochSecond(1_800_000_000);
    for (int i = 0; i < 100; i++) {
      assertThat(one.next(now).intent()).isEqualTo(two.next(now).intent());
    }
  }
}
