package dev.brigade.cluster.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who opened a connection, by the client id in the header of its first request. Whoever speaks
 * something else, or names no client id, is unknown. Immutable.
 */
public final class Caller {
  /**
   * What nodes of Kafka 4.3 call themselves: to the controller, as replica fetcher, as sender of
   * transaction markers, as voter, and to other brokers for transactions and share groups.
   */
  private static final List<Pattern> NODE =
      Stream.of(
              "(\\d{1,9})",
              "broker-(\\d{1,9})-(?:fetcher-\\d+|txn-marker-sender)",
              "(?:raft|AddPartitionsManager|Persister|NetworkPartitionMetadataClient)"
                  + "-client-(\\d{1,9})")
          .map(Pattern::compile)
          .toList();

  private final String description;
  private final Predicate<Optional<String>> test;

  private Caller(String description, Predicate<Optional<String>> test) {
    this.description = description;
    this.test = test;
  }

  /** The node as a broker or as a controller. */
  public static Caller broker(int node) {
    return new Caller("broker " + node, id -> nodeOf(id).equals(OptionalInt.of(node)));
  }

  /** Any node of the cluster. */
  public static Caller anyBroker() {
    return new Caller("any broker", id -> nodeOf(id).isPresent());
  }

  /**
   * All clients of a program: those whose client id is this one, or begins with it and a hyphen.
   * {@code client("worker-2")} is a worker with the id {@code worker-2} (its clients are {@code
   * worker-2}, {@code worker-2-pass} and so on), and not {@code worker-20}.
   */
  public static Caller client(String name) {
    return new Caller(
        "client " + name,
        id -> id.filter(it -> it.equals(name) || it.startsWith(name + "-")).isPresent());
  }

  /** All clients whose client id begins so. */
  public static Caller clientsStartingWith(String prefix) {
    return new Caller(
        "clients " + prefix + "*",
        id -> nodeOf(id).isEmpty() && id.filter(it -> it.startsWith(prefix)).isPresent());
  }

  /** Whoever is no node of the cluster, the unknown among them. */
  public static Caller anyClient() {
    return new Caller("any client", id -> nodeOf(id).isEmpty());
  }

  /** Everybody, known or not. */
  public static Caller anyone() {
    return new Caller("anyone", id -> true);
  }

  /**
   * Whether who names this client id is one of these callers.
   *
   * @param clientId null: unknown
   */
  public boolean is(@Nullable String clientId) {
    return test.test(Optional.ofNullable(clientId));
  }

  private static OptionalInt nodeOf(Optional<String> clientId) {
    return clientId.stream()
        .flatMap(id -> NODE.stream().map(pattern -> pattern.matcher(id)))
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .findFirst();
  }

  @Override
  public String toString() {
    return description;
  }
}
