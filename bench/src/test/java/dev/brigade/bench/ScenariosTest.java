package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class ScenariosTest {
  @Test
  void growRowByRowInOneGibibyte() {
    grows("growth-chefs", Workload::concurrency, 1, 10, 100, 1_000, 5_000);
    grows("growth-keys", Workload::keys, 1, 100, 10_000, 1_000_000);
    grows("growth-partitions", Workload::partitions, 1, 12, 100, 1_000);
    grows("growth-in-flight", Workload::inFlight, 1, 100, 10_000, 100_000);
  }

  private static void grows(String name, ToIntFunction<Workload> dimension, Integer... values) {
    List<Variant> variants = named(name).variants();

    assertThat(variants).extracting(Variant::value).containsExactly(values);
    assertThat(variants)
        .allSatisfy(
            variant -> {
              assertThat(dimension.applyAsInt(variant.work())).isEqualTo(variant.value());
              assertThat(variant.work().heapMebibytes()).isEqualTo(1_024);
              assertThat(variant.figures()).containsEntry(Figure.GROWN, (double) variant.value());
            });
  }

  @Test
  void giveWhatGrowsForEachRowAndTheRestOnce() {
    assertThat(named("growth-in-flight").parameters())
        .containsEntry("in flight", "1 / 100 / 10,000 / 100,000")
        .containsEntry("orders", "1,500 / 150,000 / 400,000 / 400,000")
        .containsEntry("partitions", "12")
        .containsEntry("heap", "1,024 MiB");
  }

  @Test
  void nameTheRowsAfterWhatGrows() {
    Contender brigade =
        new Contender("brigade", "the worker", OrderPromise.KEY, List.of("brigade"));

    assertThat(named("growth-chefs").variants())
        .extracting(variant -> variant.named(brigade).name())
        .startsWith("brigade-chefs-1", "brigade-chefs-10")
        .endsWith("brigade-chefs-5000");
    assertThat(named("drain-0ms").variants())
        .extracting(variant -> variant.named(brigade))
        .containsExactly(brigade);
    assertThat(named("drain-0ms").variants().get(0).figures()).isEmpty();
  }

  /** Results of before stay comparable: a parameter more would be other work. */
  @Test
  void sayOfUsualWorkWhatTheyAlwaysSaid() {
    assertThat(named("drain-1ms").parameters())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "orders", "200,000",
                "tables", "10,000",
                "partitions", "12",
                "payload", "64 B",
                "concurrency per process", "100",
                "cooking", "1 ms"));
  }

  @Test
  void scaleEveryRow() {
    assertThat(named("growth-chefs").scaled(0.01).variants())
        .extracting(variant -> variant.work().orders())
        .containsExactly(4, 40, 400, 3_000, 3_000);
  }

  private static Scenario named(String name) {
    return Scenarios.all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
