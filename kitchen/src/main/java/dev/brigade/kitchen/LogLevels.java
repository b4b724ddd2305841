package dev.brigade.kitchen;

import java.util.List;
import java.util.Map;

/**
 * What reaches the log. To be decided before the first logger exists, for slf4j-simple reads its
 * settings once; that is why it looks at the bare arguments.
 */
public final class LogLevels {
  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final String OWN = PREFIX + "log.dev.brigade";
  private static final String LIBRARIES = PREFIX + "defaultLogLevel";

  private LogLevels() {}

  /** Sets the levels that the arguments ask for; a level given to the JVM itself stays. */
  public static void set(List<String> args) {
    of(args)
        .forEach(
            (property, level) -> {
              if (System.getProperty(property) == null) {
                System.setProperty(property, level);
              }
            });
  }

  /** Levels by system property; none where the resource simplelogger.properties says it all. */
  static Map<String, String> of(List<String> args) {
    if (args.contains("--quiet")) {
      return Map.of(OWN, "error", LIBRARIES, "error");
    }
    if (args.contains("--verbose")) {
      return Map.of(OWN, "debug", LIBRARIES, "info");
    }
    return Map.of();
  }
}
