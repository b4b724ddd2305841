package dev.brigade.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Brigade as a contender: its own launcher with the options that a user would give, told by its
 * environment what everybody is told.
 */
final class BrigadeContenders {
  /** The worker; the others' names begin with it. */
  static final String NAME = "brigade";

  private static final String CLUSTER =
      " --bootstrap-server \"$BRIGADE_BENCH_BOOTSTRAP\" --kitchen \"$BRIGADE_BENCH_KITCHEN\"";

  private BrigadeContenders() {}

  /**
   * @param launcher the {@code brigade} script
   */
  static List<Contender> all(Path launcher) {
    return List.of(
        contender(
            launcher,
            NAME,
            "brigade worker, order per table",
            OrderPromise.KEY,
            "worker --quiet"
                + " --chefs \"$BRIGADE_BENCH_CONCURRENCY\""
                + " --max-in-flight \"${BRIGADE_BENCH_IN_FLIGHT:-10000}\""
                + " --cook-timeout \"${BRIGADE_BENCH_COOK_TIMEOUT:-60s}\""
                + " --recipe \"*=simulate:${BRIGADE_BENCH_COOK_MICROS}us\""
                + " --recipe \"slow=simulate:${BRIGADE_BENCH_SLOW_MICROS}us\""),
        contender(
            launcher, "brigade-monitor", "brigade monitor", OrderPromise.NONE, "monitor --quiet"),
        contender(
            launcher,
            "brigade-load",
            "brigade producer load, a file of orders",
            OrderPromise.NONE,
            "producer load --quiet \"$" + Publish.FILE + "\""),
        contender(
            launcher,
            "brigade-generate",
            "brigade producer generate",
            OrderPromise.NONE,
            "producer generate --quiet --tables 10000 --payload-bytes 64 --count \"$"
                + Publish.COUNT
                + "\""));
  }

  private static Contender contender(
      Path launcher, String name, String description, OrderPromise promise, String command) {
    String script = "exec \"$0\" " + command + CLUSTER;
    return new Contender(
        name, description, promise, List.of("sh", "-c", script, launcher.toString()));
  }
}
