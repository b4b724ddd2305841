package dev.brigade.cluster.net;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What happens to the connections that a {@link Rule} selects, in both directions. Immutable. */
public final class Effect {
  private final String description;
  private final boolean resets;
  private final Function<SplittableRandom, Shape> shape;

  private Effect(String description, boolean resets, Function<SplittableRandom, Shape> shape) {
    this.description = description;
    this.resets = resets;
    this.shape = shape;
  }

  private static Effect shaping(String description, Function<SplittableRandom, Shape> shape) {
    return new Effect(description, false, shape);
  }

  /**
   * A black hole: nothing passes, no end of a connection either. Connections stay open; new ones
   * are accepted and meet silence, and the node does not see them.
   *
   * <p>When it is over everything goes on, as after TCP's next retransmission: also the requests of
   * a caller that has given up or has died meanwhile. A real TCP may take up to as long again as
   * the cut has lasted, and gives up after a quarter of an hour.
   */
  public static Effect cut() {
    return shaping("cut", random -> (direction, bytes, now) -> Shape.NEVER);
  }

  /** Requests pass, answers do not. When it is over the answers pass. */
  public static Effect halfOpen() {
    return shaping(
        "half-open",
        random -> (direction, bytes, now) -> direction == Direction.ANSWERS ? Shape.NEVER : now);
  }

  /**
   * Connections end by RST towards both sides, and what was on its way is lost. New ones are
   * accepted, since only their first bytes tell who calls, and then reset.
   */
  public static Effect reset() {
    return new Effect("reset", true, random -> (direction, bytes, now) -> now);
  }

  /**
   * Every chunk (what one read gave, at most 64 KiB) arrives later by {@code delay} plus between 0
   * and {@code jitter}, in each direction; the order is kept. A round trip takes twice that.
   */
  public static Effect delay(Duration delay, Duration jitter) {
    if (delay.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("a delay of %s, %s".formatted(delay, jitter));
    }
    return shaping(
        "delay %d ms, jitter %d ms".formatted(delay.toMillis(), jitter.toMillis()),
        random -> new Delay(delay.toNanos(), jitter.toNanos(), random));
  }

  /** A line of that speed in each direction, shared by all selected connections. */
  public static Effect throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "%d bytes/s: expected 1 or more".formatted(bytesPerSecond));
    }
    return shaping("%d bytes/s".formatted(bytesPerSecond), random -> new Throttle(bytesPerSecond));
  }

  /**
   * Loss of packets as who uses TCP meets it: it loses no bytes but time. With this probability a
   * chunk, and all behind it, waits for a retransmission timeout of 200 ms; for 400 ms more if it
   * is lost again, and so on. TCP's faster repair by later packets is left out: few are under way
   * on connections that ask and wait.
   *
   * @param probability of each chunk, at least 0 and less than 1
   */
  public static Effect loss(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("loss of %s: expected 0 to <1".formatted(probability));
    }
    return shaping("loss %s".formatted(probability), random -> new Loss(probability, random));
  }

  boolean resets() {
    return resets;
  }

  /** A new one per rule: it may remember. */
  Shape shape(SplittableRandom random) {
    return shape.apply(random);
  }

  @Override
  public String toString() {
    return description;
  }
}
