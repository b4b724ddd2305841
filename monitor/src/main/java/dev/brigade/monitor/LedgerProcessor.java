package dev.brigade.monitor;

import static java.util.Objects.requireNonNull;

import dev.brigade.orders.CompletionId;
import dev.brigade.orders.DeadLetter;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Meal;
import dev.brigade.orders.MealCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one partition of {@code orders}, {@code meals} and {@code dead-letters} into its ledger and
 * passes the ledger's reports on. No record can stop it: what cannot be read is counted and
 * skipped. Confined to its task's thread.
 */
final class LedgerProcessor implements Processor<byte[], byte[], Integer, PartitionReport> {
  static final String OPEN_ORDERS = "open-orders";
  static final String ENDED_ORDERS = "ended-orders";

  private static final Duration REPORT_EVERY = Duration.ofMillis(500);
  private static final int MOST_UNREPORTED = 10_000;

  /** A million ended orders for each partition, in 128 KiB. */
  private static final int MOST_ENDED_CHUNKS = 256;

  private final Kitchen kitchen;
  private final WindowTimes times;
  private final ReadProgress progress;
  private final SkippedRecords skipped;
  private final Map<String, Mark> marks = new HashMap<>();
  private @Nullable ProcessorContext<Integer, PartitionReport> context;
  private @Nullable OrderLedger ledger;

  /** How far one of the three topics was read. */
  private static final class Mark {
    long lastProcessed = -1;
    long until = ReadProgress.UNKNOWN;
  }

  LedgerProcessor(
      Kitchen kitchen, WindowTimes times, ReadProgress progress, SkippedRecords skipped) {
    this.kitchen = kitchen;
    this.times = times;
    this.progress = progress;
    this.skipped = skipped;
  }

  @Override
  public void init(ProcessorContext<Integer, PartitionReport> newContext) {
    context = newContext;
    EndedOffsets ended =
        new EndedOffsets(newContext.getStateStore(ENDED_ORDERS), MOST_ENDED_CHUNKS);
    ledger = new OrderLedger(newContext.getStateStore(OPEN_ORDERS), ended, times);
    for (String topic : new String[] {kitchen.orders(), kitchen.meals(), kitchen.deadLetters()}) {
      marks.put(topic, new Mark());
      progress.started(partitionOf(topic));
    }
    newContext.schedule(REPORT_EVERY, PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata place = context().recordMetadata().orElseThrow();
    Mark mark = requireNonNull(marks.get(place.topic()));
    mark.lastProcessed = place.offset();
    mark.until = Math.max(mark.until, record.timestamp());
    if (place.topic().equals(kitchen.orders())) {
      ledger().order(place.offset(), record.timestamp(), record.value());
    } else {
      end(record, place);
    }
    if (ledger().unreported() >= MOST_UNREPORTED) {
      report(context().currentSystemTimeMs());
    }
  }

  private void end(Record<byte[], byte[]> record, RecordMetadata place) {
    try {
      boolean meal = place.topic().equals(kitchen.meals());
      OddityKind oddity =
          meal
              ? meal(record.value(), record.timestamp())
              : deadLetter(record.headers(), record.timestamp());
      if (oddity != null) {
        odd(oddity, partitionOf(place.topic()), place.offset(), null);
      }
    } catch (MalformedRecordException e) {
      odd(OddityKind.UNREADABLE, partitionOf(place.topic()), place.offset(), e.getMessage());
    }
  }

  private @Nullable OddityKind meal(byte @Nullable [] value, long at)
      throws MalformedRecordException {
    Meal meal = MealCodec.decode(value);
    return ended(meal.completionId(), OrderEnd.of(meal, at));
  }

  private @Nullable OddityKind deadLetter(Headers headers, long at)
      throws MalformedRecordException {
    DeadLetter deadLetter = DeadLetter.read(headers);
    return deadLetter.originTopic().equals(kitchen.orders())
        ? ended(deadLetter.origin(), OrderEnd.deadLetter(at))
        : OddityKind.UNKNOWN_ORDER;
  }

  private @Nullable OddityKind ended(CompletionId order, OrderEnd end) {
    return order.partition() == context().taskId().partition() && order.offset() >= 0
        ? ledger().ended(order.offset(), end)
        : OddityKind.UNKNOWN_ORDER;
  }

  private void givenUp(long order) {
    odd(
        OddityKind.UNKNOWN_ORDER,
        partitionOf(kitchen.orders()),
        order,
        "an end of it was read, and all that was there before it, but not this order");
  }

  private void odd(
      OddityKind kind, TopicPartition partition, long offset, @Nullable String reason) {
    skipped.skipped(kind, partition, offset, reason);
    forward(new PartitionReport.Oddity(kind));
  }

  private void report(long now) {
    long readUntil = Long.MAX_VALUE;
    for (Map.Entry<String, Mark> topic : marks.entrySet()) {
      Mark mark = topic.getValue();
      mark.until =
          Math.max(
              mark.until, progress.processedUntil(partitionOf(topic.getKey()), mark.lastProcessed));
      readUntil = Math.min(readUntil, mark.until);
    }
    ledger().report(now, readUntil, this::forward, this::givenUp);
  }

  private void forward(PartitionReport report) {
    context()
        .forward(
            new Record<>(context().taskId().partition(), report, context().currentSystemTimeMs()));
  }

  private TopicPartition partitionOf(String topic) {
    return new TopicPartition(topic, context().taskId().partition());
  }

  private ProcessorContext<Integer, PartitionReport> context() {
    return requireNonNull(context);
  }

  private OrderLedger ledger() {
    return requireNonNull(ledger);
  }
}
