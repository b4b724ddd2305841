package dev.brigade.bench.contender;

import dev.brigade.bench.Contender;
import dev.brigade.bench.OrderPromise;
import java.util.ArrayList;
import java.util.List;

/**
 * What part of the work can be done at most, by who does nothing else. Each is told its task as a
 * contender is, makes no meals that count, says {@code limit: <orders per second>} and ends.
 */
public final class Limits {
  private Limits() {}

  /**
   * @param jvm the Java command up to the main class: flags, and this module's class path
   */
  public static List<Contender> all(List<String> jvm) {
    return List.of(
        limit("limit-consume", "reading and decoding orders", ConsumeLimit.class, jvm),
        limit("limit-produce", "encoding and sending meals", ProduceLimit.class, jvm),
        limit("limit-park", "threads that only wait", ParkLimit.class, jvm));
  }

  private static Contender limit(String name, String description, Class<?> main, List<String> jvm) {
    List<String> command = new ArrayList<>(jvm);
    command.add(main.getName());
    return new Contender(name, description, OrderPromise.NONE, command);
  }
}
