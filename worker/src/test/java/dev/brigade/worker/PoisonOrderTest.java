package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Meal;
import dev.brigade.orders.Order;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders that kill the process they are cooked in: real processes, real deaths. */
@WithKafka
class PoisonOrderTest {
  private static final int HEALTHY = 150;
  private static final String RECIPE = "*=class:" + PoisonRecipe.class.getName();

  @TempDir Path directory;

  static Stream<Arguments> poisons() {
    return Stream.of(
        Arguments.of(Delivery.AT_LEAST_ONCE, "exit"),
        Arguments.of(Delivery.AT_LEAST_ONCE, "halt"),
        Arguments.of(Delivery.AT_LEAST_ONCE, "kill"),
        Arguments.of(Delivery.AT_LEAST_ONCE, "memory"),
        Arguments.of(Delivery.AT_LEAST_ONCE, "crash"),
        Arguments.of(Delivery.EXACTLY_ONCE, "kill"),
        Arguments.of(Delivery.EXACTLY_ONCE, "crash"));
  }

  @ParameterizedTest
  @MethodSource("poisons")
  void whatKillsItsWorkerIsFoundAndTheRestIsCooked(
      Delivery delivery, String dish, KafkaCluster cluster) throws Exception {
    try (TestKitchen kitchen = new TestKitchen(cluster, 3)) {
      // Given a poison among healthy orders and some that fail
      for (int i = 0; i < HEALTHY; i++) {
        kitchen.send(order(i % 20 == 7 ? "fails" : PoisonRecipe.HEALTHY, i, 20));
        if (i == HEALTHY / 3) {
          kitchen.send(order(dish, 1_000, 0));
        }
      }
      kitchen.flush();

      // When
      List<ConsumerRecord<byte[], byte[]>> ends;
      int deaths;
      try (RestartedWorker worker = start(kitchen, delivery)) {
        ends =
            kitchen.awaitEnds(
                records -> completions(records) == HEALTHY + 1, HEALTHY + 1 + " completions");
        deaths = worker.deaths();
      } catch (AssertionError e) {
        throw new AssertionError(RestartedWorker.lastLog(directory), e);
      }

      // Then
      Collection<DeadLetter> letters = kitchen.deadLetters(ends).values();
      assertThat(letters)
          .filteredOn(letter -> letter.reason() == DeadLetterReason.KILLED_ITS_WORKER)
          .hasSize(1);
      assertThat(letters)
          .filteredOn(letter -> letter.reason() == DeadLetterReason.EXHAUSTED)
          .hasSize((HEALTHY - 7 + 19) / 20);
      assertThat(letters).hasSize(1 + (HEALTHY - 7 + 19) / 20);
      List<Meal> meals = kitchen.meals(kitchen.endsInTheLog());
      assertThat(TestKitchen.completions(meals)).isEqualTo(HEALTHY + 1 - letters.size());
      TestKitchen.assertFirstCompletionsInOrder(meals);
      assertThat(deaths).isBetween(1, WorkerOptions.DEFAULT_MAX_CRASHES);
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void noHealthyOrderIsGivenUpBecauseItsWorkerWasKilled(Delivery delivery, KafkaCluster cluster)
      throws Exception {
    int kills = Integer.getInteger("brigade.test.kills", 8);
    Random random = new Random(42);
    try (TestKitchen kitchen = new TestKitchen(cluster, 3)) {
      // Given orders each of which is likely to be in the hands of a worker that is killed
      int orders = kills * 4;
      for (int i = 0; i < orders; i++) {
        kitchen.send(order(PoisonRecipe.HEALTHY, i, 300));
      }
      kitchen.flush();

      // When
      int killed = 0;
      try (RestartedWorker worker = start(kitchen, delivery)) {
        while (killed < kills) {
          int more = kitchen.endsInTheLog().size() + 1 + random.nextInt(3);
          kitchen.awaitEnds(more);
          worker.kill();
          killed++;
        }
        kitchen.awaitEnds(records -> completions(records) == orders, orders + " completions");
      }

      // Then
      List<ConsumerRecord<byte[], byte[]>> ends = kitchen.endsInTheLog();
      assertThat(kitchen.deadLetters(ends)).isEmpty();
      assertThat(completions(ends)).isEqualTo(orders);
      if (delivery == Delivery.EXACTLY_ONCE) {
        assertThat(ends).hasSize(orders);
      }
    }
  }

  private static long completions(List<ConsumerRecord<byte[], byte[]>> ends) {
    return ends.stream().map(TestKitchen::completionId).distinct().count();
  }

  private RestartedWorker start(TestKitchen kitchen, Delivery delivery) {
    return RestartedWorker.start(
        directory,
        kitchen,
        "--recipe",
        RECIPE,
        "--worker-id",
        "cook-1",
        "--chefs",
        "4",
        "--breaker",
        "0",
        "--max-attempts",
        "2",
        "--delivery",
        delivery.toString());
  }

  private static Order order(String dish, int number, int cookMillis) {
    return new Order(
        "o-" + number,
        dish,
        Instant.now(),
        "t-" + number % 15,
        null,
        null,
        IntNode.valueOf(cookMillis));
  }
}
