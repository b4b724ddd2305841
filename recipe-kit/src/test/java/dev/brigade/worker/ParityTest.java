package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.recipekit.KitClock;
import dev.brigade.recipekit.KitOptions;
import dev.brigade.recipekit.PlacedOrder;
import dev.brigade.recipekit.RecipeKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same orders by the kit and by a worker's chef: the same tries, the same ends. */
@Timeout(180)
class ParityTest {
  private static final int ORDERS = 150;
  private static final int MAX_ATTEMPTS = 3;
  private static final Duration COOK_TIMEOUT = Duration.ofNanos(1);
  private static final List<String> STEPS =
      List.of("cook", "cook", "long", "nan", "reject", "retry", "soon", "throw", "null", "slow");

  /** How a try that takes too long takes its time. */
  private interface Slowness {
    void last() throws Exception;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void kitAndWorkerAgree(long seed) throws Exception {
    KitClock clock = new KitClock();
    Map<String, List<String>> kitTries = new ConcurrentSkipListMap<>();
    Map<CompletionId, String> kitEnds = new TreeMap<>(byOffset());
    List<Order> orders = new ArrayList<>();
    try (RecipeKit kit =
        RecipeKit.of(
            () -> scripted(kitTries, () -> clock.sleep(Duration.ofHours(1))),
            KitOptions.defaults()
                .clock(clock)
                .maxAttempts(MAX_ATTEMPTS)
                .cookTimeout(COOK_TIMEOUT)
                .chefs(1))) {
      for (PlacedOrder placed : place(kit, new Random(seed))) {
        orders.add(placed.order());
      }
      kit.cookAll();
      for (PlacedOrder placed : kit.orders()) {
        kitEnds.put(placed.completionId(), shown(placed.end()));
      }
    }

    Map<String, List<String>> workerTries = new ConcurrentSkipListMap<>();
    Map<CompletionId, String> workerEnds = new TreeMap<>(byOffset());
    List<MemoryWorker> self = new ArrayList<>();
    try (MemoryWorker worker =
        new MemoryWorker(
            scripted(workerTries, () -> self.get(0).timeOut()),
            MemoryWorker.options("recipe-kit", MAX_ATTEMPTS, COOK_TIMEOUT),
            InstantSource.fixed(KitClock.START))) {
      self.add(worker);
      for (ProducerRecord<byte[], byte[]> end : worker.cook(records(orders))) {
        workerEnds.put(completionId(end), shown(end));
      }
    }

    assertThat(workerEnds).hasSize(ORDERS).containsExactlyEntriesOf(kitEnds);
    assertThat(workerTries).containsExactlyInAnyOrderEntriesOf(kitTries);
    assertThat(String.join(" ", workerEnds.values()))
        .contains("rejected", "exhausted", "timed-out", "expired", "[cut]", "NaN");
  }

  @Test
  void theKitsDefaultsAreTheWorkers() {
    KitOptions kit = KitOptions.defaults();
    assertThat(kit.maxAttempts()).isEqualTo(RetryPolicy.DEFAULT_MAX_ATTEMPTS);
    assertThat(kit.chefs()).isEqualTo(WorkerOptions.DEFAULT_CHEFS);
    assertThat(kit.cookTimeout().toSeconds() + "s").isEqualTo(WorkerOptions.DEFAULT_COOK_TIMEOUT);
  }

  private static List<PlacedOrder> place(RecipeKit kit, Random random) {
    for (int i = 0; i < ORDERS; i++) {
      ArrayNode script = JsonNodeFactory.instance.arrayNode();
      for (int step = 0; step < MAX_ATTEMPTS; step++) {
        script.add(STEPS.get(random.nextInt(STEPS.size())));
      }
      var order = kit.order().table("t-" + random.nextInt(15)).payload(script);
      if (random.nextInt(10) == 0) {
        order.deadline(KitClock.START.minusSeconds(1));
      }
      order.place();
    }
    return kit.orders();
  }

  private static Recipe scripted(Map<String, List<String>> tries, Slowness slowness) {
    return (order, context) -> {
      tries
          .computeIfAbsent(order.key(), key -> new CopyOnWriteArrayList<>())
          .add(context.completionId() + " try " + context.attempt());
      String step = order.payload().get(context.attempt() - 1).textValue();
      switch (step) {
        case "long":
          return CookResult.cooked(TextNode.valueOf("x".repeat(Meal.MAX_RESULT_BYTES)));
        case "nan":
          return CookResult.cooked(DoubleNode.valueOf(Double.NaN));
        case "reject":
          return CookResult.rejected("no " + context.attempt());
        case "retry":
          return CookResult.retry("later");
        case "soon":
          return CookResult.retry("soon", Duration.ofMillis(1));
        case "throw":
          throw new IOException(context.completionId().offset() % 2 == 0 ? null : "broken");
        case "null":
          return nothing();
        case "slow":
          try {
            slowness.last();
          } catch (InterruptedException e) {
            return CookResult.rejected("nobody is to see this");
          }
          return CookResult.cooked();
        default:
          return CookResult.cooked(TextNode.valueOf("done"));
      }
    };
  }

  @SuppressWarnings("NullAway") // what a careless recipe does
  private static CookResult nothing() {
    return null;
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(List<Order> orders) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Order order : orders) {
      records.add(
          new ConsumerRecord<>(
              "kitchen.orders",
              0,
              records.size(),
              order.key().getBytes(StandardCharsets.UTF_8),
              OrderCodec.encode(order)));
    }
    return records;
  }

  private static Comparator<CompletionId> byOffset() {
    return Comparator.comparingLong(CompletionId::offset);
  }

  private static CompletionId completionId(ProducerRecord<byte[], byte[]> end)
      throws MalformedRecordException {
    return end.topic().endsWith(".meals")
        ? MealCodec.decode(end.value()).completionId()
        : DeadLetter.read(end.headers()).origin();
  }

  /** Everything but the times. */
  private static String shown(ProducerRecord<byte[], byte[]> end) throws MalformedRecordException {
    StringBuilder text = new StringBuilder(end.topic() + " " + end.partition() + " ");
    text.append(new String(end.key(), StandardCharsets.UTF_8)).append(' ');
    if (end.topic().endsWith(".meals")) {
      Meal meal = MealCodec.decode(end.value());
      text.append(meal.orderId()).append(' ').append(meal.worker()).append(' ');
      text.append(meal.chef()).append(' ').append(meal.attempts()).append(' ');
      text.append(meal.result());
    } else {
      text.append(new String(end.value(), StandardCharsets.UTF_8));
    }
    end.headers()
        .forEach(
            header -> {
              if (!header.key().equals(DeadLetter.AT)) {
                text.append(' ').append(header.key()).append('=');
                text.append(new String(header.value(), StandardCharsets.UTF_8));
              }
            });
    return text.toString();
  }
}
