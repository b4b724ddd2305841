package dev.brigade.cluster.net;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which connections: who calls whom. Immutable. */
public final class Route {
  private final String description;
  private final BiPredicate<@Nullable String, Integer> test;

  private Route(String description, BiPredicate<@Nullable String, Integer> test) {
    this.description = description;
    this.test = test;
  }

  /** The caller's connections to all nodes; a broker's to itself (its controller) among them. */
  public static Route from(Caller caller) {
    return new Route(caller.toString(), (clientId, node) -> caller.is(clientId));
  }

  /** All connections to the node, its own among them. */
  public static Route to(int node) {
    return from(Caller.anyone()).toNodes(node);
  }

  /** Those of these connections that lead to one of the nodes. */
  public Route toNodes(int... nodes) {
    Set<Integer> targets = setOf(nodes);
    return new Route(
        "%s to %s".formatted(description, targets),
        (clientId, node) -> targets.contains(node) && test.test(clientId, node));
  }

  /**
   * The connections of brokers and controllers between these nodes and all others, either way: what
   * is missing when the cluster's own network is split. Clients reach all nodes.
   */
  public static Route between(int... nodes) {
    Set<Integer> side = setOf(nodes);
    return new Route(
        "brokers %s and the others".formatted(side),
        (clientId, node) ->
            Caller.anyBroker().is(clientId)
                && side.contains(node)
                    != side.stream().anyMatch(one -> Caller.broker(one).is(clientId)));
  }

  /** These connections and those. */
  public Route or(Route other) {
    return new Route(
        description + " or " + other.description,
        (clientId, node) -> test.test(clientId, node) || other.test.test(clientId, node));
  }

  /**
   * @param clientId null: unknown
   */
  boolean leads(@Nullable String clientId, int node) {
    return test.test(clientId, node);
  }

  private static Set<Integer> setOf(int... nodes) {
    return Arrays.stream(nodes).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public String toString() {
    return description;
  }
}
