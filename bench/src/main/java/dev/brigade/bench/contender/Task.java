package dev.brigade.bench.contender;

import java.util.Map;

/**
 * What a contender is to do, as its environment says: the contract for every contender, those of
 * others included.
 *
 * @param bootstrap host:port of a broker
 * @param orders the topic to read, from its beginning where the group has no offset
 * @param meals the topic to write: an order's meal has its key and its partition number
 * @param group the consumer group, or share group
 * @param worker this process's name, which its meals carry
 * @param concurrency how many orders may cook at once in this process
 * @param cookMicros how long an order cooks, 0: not at all
 * @param slowMicros how long an order of the dish {@value #SLOW_DISH} cooks
 */
record Task(
    String bootstrap,
    String orders,
    String meals,
    String group,
    String worker,
    int concurrency,
    long cookMicros,
    long slowMicros) {
  static final String SLOW_DISH = "slow";

  private static final String PREFIX = "BRIGADE_BENCH_";

  /**
   * @throws IllegalArgumentException naming the variable that is missing or makes no sense
   */
  static Task fromEnvironment() {
    return from(System.getenv());
  }

  static Task from(Map<String, String> environment) {
    return new Task(
        text(environment, "BOOTSTRAP"),
        text(environment, "ORDERS"),
        text(environment, "MEALS"),
        text(environment, "GROUP"),
        text(environment, "WORKER"),
        Math.toIntExact(number(environment, "CONCURRENCY", 1, Integer.MAX_VALUE)),
        number(environment, "COOK_MICROS", 0, Long.MAX_VALUE),
        number(environment, "SLOW_MICROS", 0, Long.MAX_VALUE));
  }

  private static String text(Map<String, String> environment, String name) {
    String value = environment.get(PREFIX + name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("environment variable " + PREFIX + name + " is missing");
    }
    return value;
  }

  private static long number(Map<String, String> environment, String name, long least, long most) {
    String value = text(environment, name);
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the name.
    }
    throw new IllegalArgumentException(
        "environment variable %s%s is not a number from %d: '%s'"
            .formatted(PREFIX, name, least, value));
  }
}
