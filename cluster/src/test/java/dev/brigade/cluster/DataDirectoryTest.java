package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private final Path home;

  DataDirectoryTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void aGivenDirectoryKeepsItsClusterId() {
    // Given
    DataDirectory first = DataDirectory.at(home.resolve("new/data"), 3);
    first.close();

    // When
    try (DataDirectory second = DataDirectory.at(home.resolve("new/data"), 3)) {
      // Then
      assertThat(second.clusterId()).isEqualTo(first.clusterId());
    }
  }

  @Test
  void aTemporaryDirectoryIsDeletedWithAllItHolds() throws IOException {
    // Given
    DataDirectory directory = DataDirectory.temporary(1);
    Files.createDirectories(directory.node(1).resolve("topic-0"));
    Files.writeString(directory.node(1).resolve("topic-0/log"), "x");

    // When
    directory.close();

    // Then
    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void itHoldsWhatIsInsideOfIt() {
    try (DataDirectory directory = DataDirectory.at(home.resolve("data"), 1)) {
      assertThat(directory.holds(directory.node(1))).isTrue();
      assertThat(directory.holds(home.resolve("data-of-node"))).isFalse();
    }
  }

  @Test
  void aDirectoryOfAnotherClusterSizeIsRefused() {
    DataDirectory.at(home, 3).close();

    assertThatThrownBy(() -> DataDirectory.at(home, 1))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "data directory %s holds a cluster of 3 broker(s), not 1: use that number, or another directory"
                .formatted(home));
  }

  @Test
  void aDirectoryWithOtherThingsIsRefusedAndLeftAsItIs() throws IOException {
    Files.writeString(home.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> DataDirectory.at(home, 1))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is not empty and holds no cluster");
    assertThat(home).isDirectoryNotContaining(path -> !path.endsWith("letter.txt"));
  }

  @Test
  void aFileIsRefused() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "x");

    assertThatThrownBy(() -> DataDirectory.at(file, 1))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is a file, not a directory");
    assertThatThrownBy(() -> DataDirectory.at(file.resolve("below"), 1))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("data directory " + file.resolve("below") + " cannot be used: ");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() {
    assertThatThrownBy(() -> DataDirectory.at(Path.of("/proc/brigade"), 1))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("data directory /proc/brigade cannot be used: ");
  }

  @Test
  void twoClustersDoNotShareADirectory() {
    try (DataDirectory first = DataDirectory.at(home, 1)) {
      assertThatThrownBy(() -> DataDirectory.at(home, 1))
          .isInstanceOf(ClusterException.class)
          .hasMessage(
              "data directory %s is in use by another cluster: stop it, or choose another directory"
                  .formatted(first.path()));
    }
  }

  @Test
  void damagedPropertiesAreReported() throws IOException {
    Files.writeString(home.resolve("cluster.properties"), "brokers=1\n");

    assertThatThrownBy(() -> DataDirectory.at(home, 1))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("names no cluster.id");
  }
}
