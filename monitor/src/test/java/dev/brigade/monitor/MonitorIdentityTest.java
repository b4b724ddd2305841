package dev.brigade.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Kitchen;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorIdentityTest {
  private static final Kitchen KITCHEN = new Kitchen("kitchen");

  @TempDir Path directory;

  @Test
  void aMonitorThatStartsAgainIsTheSameAsBefore() throws Exception {
    // Given
    String before;
    try (MonitorIdentity first = MonitorIdentity.take(directory, KITCHEN)) {
      before = first.groupInstanceId();
    }

    // When
    try (MonitorIdentity again = MonitorIdentity.take(directory, KITCHEN)) {
      // Then
      assertThat(again.groupInstanceId()).isEqualTo(before);
      assertThat(again.transactionalId("1")).isEqualTo("kitchen.monitor-" + before + "-1");
    }
  }

  @Test
  void monitorsThatRunAtTheSameTimeAreDifferent() throws Exception {
    try (MonitorIdentity one = MonitorIdentity.take(directory, KITCHEN);
        MonitorIdentity two = MonitorIdentity.take(directory, KITCHEN);
        MonitorIdentity elsewhere = MonitorIdentity.take(directory, new Kitchen("other"))) {
      assertThat(one.groupInstanceId())
          .isNotEqualTo(two.groupInstanceId())
          .isNotEqualTo(elsewhere.groupInstanceId());
    }
  }

  @Test
  void aDamagedIdentityIsDrawnAnew() throws Exception {
    // Given
    MonitorIdentity.take(directory, KITCHEN).close();
    Path id = directory.resolve("kitchen.monitor").resolve("0.id");
    Files.writeString(id, "");

    // When
    try (MonitorIdentity identity = MonitorIdentity.take(directory, KITCHEN)) {
      // Then
      assertThat(Files.readString(id)).isEqualTo(identity.groupInstanceId());
    }
  }

  @Test
  void aDirectoryThatCannotBeOneIsRefusedInOneLine() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> MonitorIdentity.take(file, KITCHEN))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--state-dir " + file + " cannot be used");
  }
}
