package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.cluster.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallDiskIT {
  private static final long SMALL = 32 << 20;
  private static final TopicPartition PARTITION = new TopicPartition("disk", 0);

  @BeforeAll
  static void needMounts() throws InterruptedException {
    Needs.tool(Tool.SMALL_DISK);
  }

  @Test
  void aFullDiskTakesNothingUntilItIsEnlarged(@TempDir Path parent) throws Exception {
    Path place = parent.resolve("a disk");
    try (SmallDisk disk = SmallDisk.mount(place, 1 << 20)) {
      disk.fill();

      Path file = place.resolve("file");
      assertThat(disk.free()).isZero();
      assertThatThrownBy(() -> Files.write(file, new byte[5_000])).isInstanceOf(IOException.class);

      disk.resize(2 << 20);
      Files.write(file, new byte[5_000]);
      assertThat(file).hasSize(5_000);
    }
    assertThat(place).doesNotExist();
  }

  @Test
  void aBrokerWhoseDiskIsFullEndsAndComesBackWithItsDataWhenItIsEnlarged(@TempDir Path parent)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), SMALL);
        KafkaCluster cluster =
            KafkaCluster.builder().nodeDirectory(1, disk.directory().resolve("node")).start()) {
      // Given
      Map<String, Object> config = config(cluster);
      try (Admin admin = Admin.create(config);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
        admin.createTopics(List.of(new NewTopic("disk", 1, (short) 1))).all().get();
        send(producer);

        // When
        disk.fill();
        ChildOfTest.await(() -> !cluster.isRunning(1) || !sends(producer));

        // Then
        ChildOfTest.await(() -> !cluster.isRunning(1));
        assertThat(Files.readString(cluster.log(1))).contains("No space left on device");

        // When
        disk.resize(4 * SMALL);
        cluster.start(1);

        // Then
        send(producer);
        assertThat(
                admin
                    .listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get()
                    .offset())
            .isGreaterThanOrEqualTo(2);
      }
    }
  }

  private static Map<String, Object> config(KafkaCluster cluster) {
    return Map.of(
        "bootstrap.servers", cluster.bootstrapServers(),
        "request.timeout.ms", 2_000,
        "delivery.timeout.ms", 4_000,
        "linger.ms", 0);
  }

  private static void send(KafkaProducer<byte[], byte[]> producer) throws Exception {
    producer
        .send(new ProducerRecord<>(PARTITION.topic(), 0, null, new byte[100_000]))
        .get(60, TimeUnit.SECONDS);
  }

  private static boolean sends(KafkaProducer<byte[], byte[]> producer) throws Exception {
    try {
      send(producer);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
