package dev.brigade.cluster.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12",
        "broker-12-fetcher-0",
        "broker-12-txn-marker-sender",
        "raft-client-12",
        "AddPartitionsManager-client-12",
        "Persister-client-12",
        "NetworkPartitionMetadataClient-client-12"
      })
  void nodesAreKnownByWhatTheyCallThemselves(String clientId) {
    assertThat(Caller.broker(12).is(clientId)).isTrue();
    assertThat(Caller.broker(1).is(clientId)).isFalse();
    assertThat(Caller.broker(2).is(clientId)).isFalse();
    assertThat(Caller.anyBroker().is(clientId)).isTrue();
    assertThat(Caller.anyClient().is(clientId)).isFalse();
    assertThat(Caller.clientsStartingWith(clientId.substring(0, 1)).is(clientId)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker-1", "my-client-1", "broker-1", "1-pass", "", "x1"})
  void othersAreClients(String clientId) {
    assertThat(Caller.broker(1).is(clientId)).isFalse();
    assertThat(Caller.anyBroker().is(clientId)).isFalse();
    assertThat(Caller.anyClient().is(clientId)).isTrue();
    assertThat(Caller.anyone().is(clientId)).isTrue();
  }

  @Test
  void aProgramIsKnownByTheNameItsClientsShare() {
    Caller worker = Caller.client("worker-2");

    assertThat(worker.is("worker-2")).isTrue();
    assertThat(worker.is("worker-2-pass")).isTrue();
    assertThat(worker.is("worker-20")).isFalse();
    assertThat(worker.is(null)).isFalse();
    assertThat(Caller.clientsStartingWith("worker-2").is("worker-20")).isTrue();
  }

  @Test
  void theUnknownAreClientsOfNobody() {
    assertThat(Caller.anyClient().is(null)).isTrue();
    assertThat(Caller.anyone().is(null)).isTrue();
    assertThat(Caller.anyBroker().is(null)).isFalse();
    assertThat(Caller.clientsStartingWith("").is(null)).isFalse();
  }

  @Test
  void aSplitParesBrokersFromTheOthersButNotFromThemselvesOrClients() {
    Route split = Route.between(3);

    assertThat(split.leads("raft-client-3", 1)).isTrue();
    assertThat(split.leads("1", 3)).isTrue();
    assertThat(split.leads("raft-client-3", 3)).isFalse();
    assertThat(split.leads("1", 2)).isFalse();
    assertThat(split.leads("worker-1", 3)).isFalse();
    assertThat(split.leads(null, 3)).isFalse();
  }

  @Test
  void routesAreNarrowedAndJoined() {
    Route route = Route.from(Caller.client("a")).toNodes(1, 2).or(Route.to(3));

    assertThat(route.leads("a", 1)).isTrue();
    assertThat(route.leads("a", 2)).isTrue();
    assertThat(route.leads("b", 2)).isFalse();
    assertThat(route.leads(null, 3)).isTrue();
    assertThat(route).hasToString("client a to [1, 2] or anyone to [3]");
  }
}
