package dev.brigade.orders;

import java.util.regex.Pattern;

/**
 * One pipeline on a Kafka cluster. Its name prefixes everything it owns, so that one PREFIXED ACL
 * on {@code <kitchen>.} covers it alone; that is why a name holds no dot.
 *
 * @param name {@code [a-z0-9][a-z0-9-]{0,62}}
 */
public record Kitchen(String name) {
  public static final String DEFAULT_NAME = "kitchen";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public Kitchen {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the kitchen's name must match "
              + NAME.pattern()
              + " (lower-case letters, digits and dashes, no dots), but is '"
              + Text.shown(name)
              + "'");
    }
  }

  public String orders() {
    return name + ".orders";
  }

  public String meals() {
    return name + ".meals";
  }

  public String deadLetters() {
    return name + ".dead-letters";
  }

  public String latency() {
    return name + ".latency";
  }

  public String alerts() {
    return name + ".alerts";
  }

  public String activity() {
    return name + ".activity";
  }

  /** The consumer group that every worker of this kitchen joins. */
  public String chefsGroup() {
    return name + ".chefs";
  }

  /** The transactional id of one of a worker's lanes, with {@code --delivery exactly-once}. */
  public String transactionalId(String workerId, int lane) {
    return chefsGroup() + "." + workerId + "." + lane;
  }

  /** The Streams application id, and so the prefix of the monitor's internal topics. */
  public String monitorApplicationId() {
    return name + ".monitor";
  }
}
