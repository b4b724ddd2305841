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

  private static final String COOKING =
      " ${BRIGADE_BENCH_IN_FLIGHT:+--max-in-flight \"$BRIGADE_BENCH_IN_FLIGHT\"}"
          + " --cook-timeout \"${BRIGADE_BENCH_COOK_TIMEOUT:-60s}\""
          + " --chefs \"$BRIGADE_BENCH_CONCURRENCY\""
          + " --recipe \"*=simulate:${BRIGADE_BENCH_COOK_MICROS}us\""
          + " --recipe \"slow=simulate:${BRIGADE_BENCH_SLOW_MICROS}us\"";

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
            "worker --quiet" + CLUSTER + COOKING),
        contender(
            launcher,
            "brigade-partition",
            "brigade worker --ordering partition",
            OrderPromise.PARTITION,
            "worker --quiet --ordering partition" + CLUSTER + COOKING),
        contender(
            launcher,
            "brigade-none",
            "brigade worker --ordering none",
            OrderPromise.NONE,
            "worker --quiet --ordering none" + CLUSTER + COOKING),
        contender(
            launcher,
            "brigade-exactly-once",
            "brigade worker --delivery exactly-once, order per table",
            OrderPromise.KEY,
            "worker --quiet --delivery exactly-once" + CLUSTER + COOKING),
        contender(
                launcher,
                "brigade-supervised",
                "brigade supervise of one worker, order per table",
                OrderPromise.KEY,
                "supervise --quiet --workers 1 --worker-id-prefix \"$BRIGADE_BENCH_WORKER\""
                    + CLUSTER
                    + " --"
                    + COOKING)
            .asSupervisor(),
        contender(
            launcher,
            "brigade-monitor",
            "brigade monitor",
            OrderPromise.NONE,
            "monitor --quiet" + CLUSTER),
        contender(
            launcher,
            "brigade-load",
            "brigade producer load, a file of orders",
            OrderPromise.NONE,
            "producer load --quiet \"$" + Publish.FILE + "\"" + CLUSTER),
        contender(
            launcher,
            "brigade-generate",
            "brigade producer generate",
            OrderPromise.NONE,
            "producer generate --quiet --tables 10000 --payload-bytes 64 --count \"$"
                + Publish.COUNT
                + "\""
                + CLUSTER));
  }

  private static Contender contender(
      Path launcher, String name, String description, OrderPromise promise, String command) {
    String script = "exec \"$0\" " + command;
    return new Contender(
        name, description, promise, List.of("sh", "-c", script, launcher.toString()));
  }
}
