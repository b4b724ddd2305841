package dev.brigade.cluster;

import java.util.List;

/**
 * Keeps the broker's own log out of a test's output where slf4j-simple writes it: errors only,
 * unless the test run's system properties say otherwise. It has to come before the broker's classes
 * load, for their loggers read their level once.
 */
final class BrokerNoise {
  private static final String PREFIX = "org.slf4j.simpleLogger.log.";
  private static final List<String> LOGGERS =
      List.of("kafka", "org.apache.kafka", "state.change.logger");

  private BrokerNoise() {}

  static void lower() {
    for (String logger : LOGGERS) {
      if (System.getProperty(PREFIX + logger) == null) {
        System.setProperty(PREFIX + logger, "error");
      }
    }
  }
}
