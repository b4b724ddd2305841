package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of docs/operations.md lists the meters of a running worker, no more and no less. */
@WithKafka
class MetersAreDocumentedTest {
  @Test
  void everyMeterIsDocumentedAndEveryDocumentedOneIsThere(KafkaCluster cluster) throws IOException {
    Map<String, String> documented = documented();
    Map<String, String> there = new TreeMap<>();
    try (TestKitchen kitchen = new TestKitchen(cluster, 1);
        WorkerMetrics metrics = new WorkerMetrics(kitchen.kitchen, "w");
        TestWorker worker =
            TestWorker.start(
                kitchen,
                TestWorker.options("w"),
                (order, context) -> CookResult.cooked(),
                metrics)) {
      kitchen.send(TestKitchen.order("one", null));
      kitchen.flush();
      kitchen.awaitEnds(1);
      Awaitility.await()
          .until(() -> metrics.registry().find("brigade.partitions.moved").counter() != null);
      for (Meter meter : metrics.registry().getMeters()) {
        Meter.Id id = meter.getId();
        String wildcard = wildcard(id.getName(), documented.keySet());
        there.put(
            wildcard != null ? wildcard : id.getName(),
            wildcard != null ? documented.get(wildcard) : kind(id));
      }
      worker.drain();
    }
    assertThat(there).isEqualTo(documented);
  }

  private static String kind(Meter.Id id) {
    return id.getType().name().toLowerCase(Locale.ROOT)
        + id.getTags().stream()
            .map(Tag::getKey)
            .filter(key -> !key.equals("kitchen"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static @Nullable String wildcard(String name, Set<String> documented) {
    return documented.stream()
        .filter(row -> row.endsWith("*") && name.startsWith(row.substring(0, row.length() - 1)))
        .findFirst()
        .orElse(null);
  }

  /** Type and tags by name, from the rows of the table. */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/operations.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[1].matches(" `[a-z]+\\.[a-z.]*\\*?` ")) {
        Set<String> tags =
            Arrays.stream(cells[4].split("[^a-z]+"))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        rows.put(cells[1].strip().replace("`", ""), cells[2].strip() + tags);
      }
    }
    return rows;
  }
}
