package dev.brigade.bench;

import dev.brigade.audit.LogOffsets;
import dev.brigade.audit.LogReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A producer puts so many orders into an empty log and ends; measured by the append times of the
 * first and the last.
 */
final class Publish implements Procedure {
  static final String COUNT = "BRIGADE_BENCH_COUNT";
  static final String FILE = "BRIGADE_BENCH_FILE";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public Outcome run(Run run) throws InterruptedException {
    OrderBook book = OrderBook.of(run.work());
    Path file = run.file("orders.ndjson");
    write(book, file);
    try (Stage stage = run.stage()) {
      ContenderProcess process =
          stage.start(Map.of(COUNT, Integer.toString(book.size()), FILE, file.toString()));
      if (!process.awaitEnd(PATIENCE)) {
        throw new WorkFault("did not end within " + PATIENCE.toMinutes() + " minutes");
      }
      Span span = orders(stage.site());
      if (span.meals() != book.size()) {
        throw new WorkFault(
            "%,d records instead of %,d orders: %s"
                .formatted(span.meals(), book.size(), process.lastWords()));
      }
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.STEADY_RATE, span.rate());
      figures.put(Figure.START, (double) span.first() - process.startedAtMillis());
      stage.costs(span, process, figures);
      return new Outcome(figures, List.of());
    } finally {
      delete(file);
    }
  }

  private static void write(OrderBook book, Path file) {
    Instant now = Instant.now();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (int seq = 0; seq < book.size(); seq++) {
        out.write(book.value(seq, now));
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + file, e);
    }
  }

  private static Span orders(Site site) {
    long[] seen = {0, Long.MAX_VALUE, Long.MIN_VALUE};
    try (LogOffsets offsets = new LogOffsets(site.clientConfig());
        LogReader reader = new LogReader(site.clientConfig())) {
      List<TopicPartition> partitions = offsets.partitions(Site.KITCHEN.orders());
      reader.read(
          offsets.beginnings(partitions),
          offsets.ends(partitions),
          record -> {
            seen[0]++;
            seen[1] = Math.min(seen[1], record.timestamp());
            seen[2] = Math.max(seen[2], record.timestamp());
          });
    }
    return new Span((int) seen[0], seen[1], seen[2]);
  }
}
