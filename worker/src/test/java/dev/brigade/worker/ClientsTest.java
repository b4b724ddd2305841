package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What makes a worker find new leaders and coordinators while a lost one goes on answering. */
class ClientsTest {
  private static final WorkerOptions OPTIONS = TestOptions.of("cook").build();

  @Test
  void producersAskAnotherBrokerThanTheOneThatDoesNotAnswer() {
    assertThat(Clients.passConfig(Map.of(), OPTIONS, Duration.ZERO))
        .containsEntry("max.in.flight.requests.per.connection", 1)
        .containsEntry("metadata.max.age.ms", 3_000)
        .containsEntry("request.timeout.ms", 5_000)
        .containsEntry("max.block.ms", Long.MAX_VALUE);
  }

  @Test
  void aLaneWaitsNoLongerThanItsTransactionLasts() {
    Map<String, Object> lane = Clients.laneConfig(Map.of(), OPTIONS, "lane");
    assertThat(lane)
        .containsEntry("max.in.flight.requests.per.connection", 1)
        .containsEntry("transaction.timeout.ms", 10_000)
        .containsEntry("max.block.ms", 10_000L);
  }

  @Test
  void theUserMayWantMoreInFlight() {
    Map<String, Object> base = Map.of("max.in.flight.requests.per.connection", "5");
    assertThat(Clients.passConfig(base, OPTIONS, Duration.ZERO))
        .containsEntry("max.in.flight.requests.per.connection", "5");
  }
}
