package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerCommandTest {
  @Test
  void aCallersFlagsComeAfterTheDefaultOnesAndBeforeTheClass() {
    assertThat(BrokerCommand.of(List.of("-Xmx2g")))
        .containsSubsequence("-Xmx512m", "-Xmx2g", "-cp", "dev.brigade.cluster.BrokerMain");
  }
}
