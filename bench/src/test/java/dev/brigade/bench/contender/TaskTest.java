package dev.brigade.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "BRIGADE_BENCH_BOOTSTRAP", "localhost:9092",
              "BRIGADE_BENCH_ORDERS", "bench.orders",
              "BRIGADE_BENCH_MEALS", "bench.meals",
              "BRIGADE_BENCH_GROUP", "group",
              "BRIGADE_BENCH_WORKER", "w-1",
              "BRIGADE_BENCH_CONCURRENCY", "100",
              "BRIGADE_BENCH_COOK_MICROS", "0",
              "BRIGADE_BENCH_SLOW_MICROS", "5000000"));

  @Test
  void theEnvironmentSaysWhatIsToBeDone() {
    assertThat(Task.from(environment))
        .isEqualTo(
            new Task(
                "localhost:9092",
                "bench.orders",
                "bench.meals",
                "group",
                "w-1",
                100,
                0,
                5_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOTSTRAP",
        "ORDERS",
        "MEALS",
        "GROUP",
        "WORKER",
        "CONCURRENCY",
        "COOK_MICROS",
        "SLOW_MICROS"
      })
  void aMissingVariableIsNamed(String name) {
    environment.remove("BRIGADE_BENCH_" + name);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.from(environment))
        .withMessage("environment variable BRIGADE_BENCH_%s is missing", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "3000000000"})
  void aConcurrencyThatMakesNoSenseIsRefused(String concurrency) {
    environment.put("BRIGADE_BENCH_CONCURRENCY", concurrency);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.from(environment))
        .withMessageContaining("BRIGADE_BENCH_CONCURRENCY")
        .withMessageContaining(concurrency);
  }
}
