package dev.brigade.cluster.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The connections with a cluster's nodes, all through proxies that know who calls, and the rules
 * that harm them. Without rules bytes pass unaltered and at once.
 *
 * <p>All chance comes from the seed: the n-th rule draws the same numbers in every run. Which bytes
 * meet which number depends on when they come.
 *
 * <p>Thread-safe. One thread of its own moves all bytes.
 */
public final class Network implements AutoCloseable {
  private final Loop loop;
  private final SplittableRandom random;

  /** Of the loop's thread, as all that follows. */
  private final List<Rule> rules = new ArrayList<>();

  private final Set<Connection> connections = new LinkedHashSet<>();

  private final Connection.Surroundings surroundings =
      new Connection.Surroundings() {
        @Override
        public List<Rule> rules() {
          return rules;
        }

        @Override
        public void closed(Connection connection) {
          connections.remove(connection);
        }
      };

  private Network(Loop loop, long seed) {
    this.loop = loop;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Listens on the port of each link.
   *
   * @throws java.net.BindException if another program listens on one of them
   */
  public static Network open(long seed, List<Link> links) throws IOException {
    Network network = new Network(new Loop(), seed);
    try {
      for (Link link : links) {
        new Proxy(link, network.loop, network::accept).listen();
      }
    } catch (IOException e) {
      network.loop.start();
      network.close();
      throw e;
    }
    network.loop.start();
    return network;
  }

  private void accept(SocketChannel channel, Link link) throws IOException {
    connections.add(new Connection(channel, link, loop, surroundings));
  }

  /**
   * Has the effect on these connections, now and later ones, until the rule is closed. Rules on the
   * same connection add up, in the order of their application. In force when this returns.
   *
   * @throws IllegalStateException if the network is closed
   */
  public Rule apply(Route route, Effect effect) {
    return loop.call(
        () -> {
          Rule rule = new Rule(route, effect, effect.shape(random.split()), this::remove);
          rules.add(rule);
          rulesChanged();
          return rule;
        });
  }

  private void remove(Rule rule) {
    try {
      loop.call(
          () -> {
            if (rules.remove(rule)) {
              rulesChanged();
            }
            return rule;
          });
    } catch (IllegalStateException e) {
      // Closed: no bytes pass, with the rule or without.
    }
  }

  private void rulesChanged() {
    List.copyOf(connections).forEach(Connection::rulesChanged);
  }

  /** The client ids of the known callers that are connected with the node now. */
  public Set<String> callers(int node) {
    return loop.call(
        () ->
            connections.stream()
                .filter(connection -> connection.node() == node)
                .map(Connection::clientId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Ends all connections. Closing again does nothing. */
  @Override
  public void close() {
    loop.close();
  }
}
