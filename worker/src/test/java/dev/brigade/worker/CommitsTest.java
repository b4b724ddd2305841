package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What real brokers take, and that it is there when somebody takes over. */
@WithKafka
class CommitsTest {
  private static final int CAPACITY = 4_096;

  /** More than one commit may hold: full, 84 of them pass. */
  private static final int MANY = 100;

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<Throwable> fatal = new ArrayList<>();

  private PlainCommits commits(KafkaConsumer<byte[], byte[]> consumer) {
    return new PlainCommits(
        consumer, Duration.ofMillis(50), fatal::add, PlainCommits.Outcome.IGNORED, Watch.NOBODY);
  }

  @Test
  void brokersTakeWhatFillsTheirDefaultAndNotACharacterMore(KafkaCluster cluster) throws Exception {
    List<TopicPartition> one = topic(cluster, "capacity", 1);
    TopicPartition partition = one.get(0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, one)) {
      String full = DoneSet.encodePadded(everyOther(7, 70_000), CAPACITY);
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(7, full)));
      assertThat(consumer.committed(Set.copyOf(one)))
          .containsEntry(partition, new OffsetAndMetadata(7, full));
      String more = DoneSet.encodePadded(everyOther(7, 70_000), CAPACITY + 1);
      assertThatThrownBy(
              () -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(8, more))))
          .isInstanceOf(OffsetMetadataTooLarge.class);
      assertThat(consumer.committed(Set.copyOf(one)))
          .containsEntry(partition, new OffsetAndMetadata(7, full));
    }
  }

  @Test
  void aHundredPartitionsFullOfMetadataAreCommittedInParts(KafkaCluster cluster) throws Exception {
    List<TopicPartition> partitions = topic(cluster, "many", MANY);
    List<Assignment> assignments = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      assignments.add(full(partition));
    }
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, partitions)) {
      PlainCommits commits = commits(consumer);
      Awaitility.await()
          .atMost(TIMEOUT)
          .until(
              () -> {
                commits.commitIfDue(assignments);
                consumer.poll(Duration.ofMillis(5));
                return assignments.stream().noneMatch(Progress::isNew);
              });
      assertThat(commits.capacity().isProven()).isTrue();
      assertThat(commits.capacity().chars()).isEqualTo(CAPACITY);
      assertThat(commits.capacity().bytesAtOnce()).as("none was too large").isEqualTo(800_000);
    }
    assertRestored(cluster, assignments);
  }

  @Test
  void aHundredPartitionsFullOfMetadataAreCommittedBeforeTheyAreGivenAway(KafkaCluster cluster)
      throws Exception {
    List<TopicPartition> partitions = topic(cluster, "leaving", MANY);
    List<Assignment> assignments = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      assignments.add(full(partition));
    }
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, partitions)) {
      PlainCommits commits = commits(consumer);
      assertThat(commits.commitNow(assignments, TIMEOUT)).isTrue();
      assertThat(commits.capacity().bytesAtOnce()).as("none was too large").isEqualTo(800_000);
    }
    assertRestored(cluster, assignments);
  }

  @Test
  void brokersThatTakeLessAreGivenLessAndThenNone() throws Exception {
    for (int limit : new int[] {1_365, 0}) {
      try (KafkaCluster small =
          KafkaCluster.builder()
              .inThisJvm()
              .property("offset.metadata.max.bytes", String.valueOf(limit))
              .start()) {
        List<TopicPartition> one = topic(small, "small", 1);
        Assignment assignment = new Assignment(one.get(0));
        for (long offset = 0; offset < 50_000; offset++) {
          assignment.tracker.register(offset);
        }
        assignment.inFlight = assignment.tracker.open();
        assignment.tracker.complete(3);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(small, one)) {
          PlainCommits commits = commits(consumer);
          // It is known after the first commit, however little there was to tell
          assertThat(commits.commitNow(List.of(assignment), TIMEOUT)).isTrue();
          assertThat(commits.capacity().chars()).isEqualTo(limit);
          assertThat(commits.capacity().isProven()).isTrue();
          assertThat(metadata(consumer, one)).hasSize(limit);
          // And from then on what is committed is what there is to tell, as far as it fits
          assertThat(commits.commitNow(List.of(assignment), TIMEOUT)).isTrue();
          assertThat(metadata(consumer, one))
              .isEqualTo(
                  limit == 0
                      ? ""
                      : new Holding(false, 0, 50_000 + Progress.AHEAD).encode(0)
                          + DoneSet.encode(assignment.tracker, limit));
          for (long offset = 5; offset < 50_000; offset += 2) {
            assignment.tracker.complete(offset);
          }
          assertThat(commits.commitNow(List.of(assignment), TIMEOUT)).isTrue();
          assertThat(metadata(consumer, one)).hasSize(limit);
        }
      }
    }
  }

  private static String metadata(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    return consumer.committed(Set.copyOf(partitions)).values().stream()
        .map(OffsetAndMetadata::metadata)
        .collect(Collectors.joining());
  }

  private void assertRestored(KafkaCluster cluster, List<Assignment> assignments) {
    assertThat(fatal).isEmpty();
    List<TopicPartition> partitions = assignments.stream().map(Assignment::partition).toList();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, partitions)) {
      for (Assignment before : assignments) {
        Assignment after = new Assignment(before.partition());
        Opening opening =
            new Opening(
                consumer,
                some -> CompletableFuture.completedFuture(consumer.committed(some)),
                commits(consumer),
                TestOptions.of("any").build());
        opening.begin(List.of(after));
        Awaitility.await()
            .atMost(TIMEOUT)
            .until(
                () -> {
                  opening.proceed();
                  return after.isOpen;
                });
        assertThat(after.committed).isEqualTo(before.tracker.watermark());
        assertThat(Trackers.doneOf(after.tracker)).isEqualTo(Trackers.doneOf(before.tracker));
      }
    }
  }

  /** As much as the metadata holds, different for each partition. */
  static Assignment full(TopicPartition partition) {
    Assignment assignment = new Assignment(partition);
    Random random = new Random(partition.partition());
    assignment.tracker.register(partition.partition());
    for (long offset = partition.partition() + 1; offset < 60_900; offset++) {
      assignment.tracker.register(offset);
      if (random.nextBoolean()) {
        assignment.tracker.complete(offset);
      }
    }
    assignment.inFlight = assignment.tracker.open();
    assertThat(DoneSet.chars(assignment.tracker)).isBetween(4_000L, 4_090L);
    return assignment;
  }

  private static OffsetTracker everyOther(long watermark, int reach) {
    BitSet done = new BitSet();
    IntStream.range(0, reach / 2).forEach(i -> done.set(2 * i + 1));
    return Trackers.with(watermark, done);
  }

  private static List<TopicPartition> topic(KafkaCluster cluster, String name, int partitions)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      String topic = "commits-" + name;
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
      return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      KafkaCluster cluster, List<TopicPartition> partitions) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                partitions.get(0).topic(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    return consumer;
  }
}
