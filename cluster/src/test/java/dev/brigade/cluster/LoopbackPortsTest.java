package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
  @Test
  void portsAreDistinctAndBelowTheRangeOfOutgoingConnections() {
    LoopbackPorts ports = new LoopbackPorts(new Random(1));

    assertThat(Stream.generate(ports::next).limit(50))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 20_000 && port < 32_000);
  }

  @Test
  void aTakenPortIsPassedOver() throws IOException {
    // Given
    int first = new LoopbackPorts(new Random(7)).next();
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      // When
      int next = new LoopbackPorts(new Random(7)).next();

      // Then
      assertThat(next).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void onePortIsNotGivenTwice() {
    LoopbackPorts ports = new LoopbackPorts(new Random(3));
    int port = ports.next();

    assertThatThrownBy(() -> ports.take(port)).isInstanceOf(PortInUseException.class);
  }
}
