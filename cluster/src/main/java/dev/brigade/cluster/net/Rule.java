package dev.brigade.cluster.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An effect on a route, from its application until it is closed. Thread-safe. */
public final class Rule implements AutoCloseable {
  private final Route route;
  private final Effect effect;
  private final Shape shape;
  private final Consumer<Rule> remove;
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Rule(Route route, Effect effect, Shape shape, Consumer<Rule> remove) {
    this.route = route;
    this.effect = effect;
    this.shape = shape;
    this.remove = remove;
  }

  /**
   * What a rule did so far.
   *
   * @param connections how many it reset, or held something of up: bytes or their end
   * @param bytes how many it held up, each counted once
   */
  public record Hits(long connections, long bytes) {
    /** Whether the rule had any effect. */
    public boolean bit() {
      return connections > 0;
    }
  }

  public Hits hits() {
    return new Hits(connections.get(), bytes.get());
  }

  /** Heals: what the rule held up goes on. Closing again, or after the network, does nothing. */
  @Override
  public void close() {
    remove.accept(this);
  }

  boolean selects(@Nullable String clientId, int node) {
    return route.leads(clientId, node);
  }

  boolean resets() {
    return effect.resets();
  }

  Shape shape() {
    return shape;
  }

  void hitConnection() {
    connections.incrementAndGet();
  }

  void hitBytes(int count) {
    bytes.addAndGet(count);
  }

  @Override
  public String toString() {
    return effect + ": " + route;
  }
}
