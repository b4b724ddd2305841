package dev.brigade.cluster;

import dev.brigade.cluster.net.Link;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which node listens where; element {@code i} of each list belongs to node {@code i + 1}.
 *
 * @param clientPorts where clients and the other brokers connect
 * @param controllerPorts where the other controllers connect
 */
record ClusterLayout(List<Integer> clientPorts, List<Integer> controllerPorts) {
  /** The only interface that nodes bind: these clusters have no authentication. */
  static final String HOST = "127.0.0.1";

  ClusterLayout {
    clientPorts = List.copyOf(clientPorts);
    controllerPorts = List.copyOf(controllerPorts);
    if (clientPorts.isEmpty() || clientPorts.size() != controllerPorts.size()) {
      throw new IllegalArgumentException("one client and one controller port per node");
    }
  }

  int brokers() {
    return clientPorts.size();
  }

  int clientPort(int node) {
    return clientPorts.get(node - 1);
  }

  int controllerPort(int node) {
    return controllerPorts.get(node - 1);
  }

  /** What is called as this layout says, for nodes that listen as that one says. */
  List<Link> before(ClusterLayout behind) {
    return IntStream.rangeClosed(1, brokers())
        .boxed()
        .flatMap(
            node ->
                Stream.of(
                    new Link(node, clientPort(node), behind.clientPort(node)),
                    new Link(node, controllerPort(node), behind.controllerPort(node))))
        .toList();
  }

  String bootstrapServers() {
    return clientPorts.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
  }

  /** The value of {@code controller.quorum.voters}: every node is a voter. */
  String quorumVoters() {
    return IntStream.rangeClosed(1, brokers())
        .mapToObj(node -> "%d@%s:%d".formatted(node, HOST, controllerPort(node)))
        .collect(Collectors.joining(","));
  }
}
