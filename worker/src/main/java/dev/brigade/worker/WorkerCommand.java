package dev.brigade.worker;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Durations;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brigade worker}: one worker process, until it is told to stop. */
@Command(
    name = "worker",
    description = "Cooks orders with N chefs; start more workers to scale.",
    sortOptions = false)
public final class WorkerCommand implements Callable<Integer> {
  private static final int MAX_CHEFS = 100_000;
  private static final int MAX_RETRY_BUDGET = 1_000;
  private static final String WORKER_ID = "[A-Za-z0-9._-]{1,64}";

  @Mixin CommonOptions.Connection connection;

  @Option(
      names = "--recipe",
      paramLabel = "DISH=SPEC",
      description =
          "How a dish is cooked; repeatable; * is the default. SPEC is one of "
              + "simulate:20ms[,jitter=0.2][,fail=0.01], exec:COMMAND, class:FULLY.QUALIFIED.Name.")
  List<String> recipes = List.of();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Jars that class: recipes are loaded from.")
  @Nullable Path plugins;

  @Option(
      names = "--worker-id",
      paramLabel = "ID",
      description =
          "This worker's name, unique in its kitchen: it keeps its partitions over a restart "
              + "(default: <host>-<pid>, which keeps none).")
  @Nullable String workerId;

  @Option(
      names = "--chefs",
      defaultValue = "" + WorkerOptions.DEFAULT_CHEFS,
      description = "Orders cooked at the same time (default: ${DEFAULT-VALUE}).")
  int chefs = WorkerOptions.DEFAULT_CHEFS;

  @Option(
      names = "--chef-threads",
      paramLabel = "platform|virtual",
      description =
          "Virtual threads (Java 21 or later) are cheap by the thousand, for recipes that wait "
              + "more than they compute (default: platform).")
  ChefThreads chefThreads = ChefThreads.PLATFORM;

  @Option(
      names = "--ordering",
      paramLabel = "key|partition|none",
      description =
          "Which orders are cooked one at a time, in log order: those of one key, those of one "
              + "partition, or none (default: key).")
  Ordering ordering = Ordering.KEY;

  @Option(
      names = "--max-attempts",
      defaultValue = "" + RetryPolicy.DEFAULT_MAX_ATTEMPTS,
      description = "Tries before an order becomes a dead letter (default: ${DEFAULT-VALUE}).")
  int maxAttempts = RetryPolicy.DEFAULT_MAX_ATTEMPTS;

  @Option(
      names = "--max-elapsed",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "After an order's first try no other one begins later (default: any time).")
  @Nullable Duration maxElapsed;

  @Option(
      names = "--retry-budget",
      paramLabel = "RATIO",
      defaultValue = "" + RetryPolicy.DEFAULT_BUDGET,
      description =
          "Retries per order tried for the first time, beside 10 per second; more have to wait "
              + "(default: ${DEFAULT-VALUE}).")
  double retryBudget = RetryPolicy.DEFAULT_BUDGET;

  @Option(
      names = "--breaker",
      paramLabel = "PERCENT",
      defaultValue = "" + RecipeLimits.DEFAULT_BREAKER_PERCENT,
      description =
          "When as many of a recipe's last 100 tries have failed, its orders wait instead of being "
              + "tried; 0 for never (default: ${DEFAULT-VALUE}).")
  int breakerPercent = RecipeLimits.DEFAULT_BREAKER_PERCENT;

  @Option(
      names = "--breaker-wait",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = RecipeLimits.DEFAULT_BREAKER_WAIT,
      description = "How long they wait until a few are tried again (default: ${DEFAULT-VALUE}).")
  Duration breakerWait = Durations.parse(RecipeLimits.DEFAULT_BREAKER_WAIT);

  @Option(
      names = "--rate-limit",
      paramLabel = "DISH=N",
      description =
          "At most N tries per second by this worker's recipe DISH, a --recipe's dish or *; "
              + "repeatable.")
  Map<String, Integer> rateLimits = Map.of();

  @Option(
      names = "--cook-timeout",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = WorkerOptions.DEFAULT_COOK_TIMEOUT,
      description = "After which a try is interrupted and failed (default: ${DEFAULT-VALUE}).")
  Duration cookTimeout = Durations.parse(WorkerOptions.DEFAULT_COOK_TIMEOUT);

  @Option(
      names = "--drain-timeout",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      defaultValue = WorkerOptions.DEFAULT_DRAIN_TIMEOUT,
      description = "How long a stop waits for what is being cooked (default: ${DEFAULT-VALUE}).")
  Duration drainTimeout = Durations.parse(WorkerOptions.DEFAULT_DRAIN_TIMEOUT);

  @Option(
      names = "--commit-interval",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "Time between commits (default: 200ms; exactly-once 50ms).")
  @Nullable Duration commitInterval;

  @Option(
      names = "--delivery",
      paramLabel = "at-least-once|exactly-once",
      converter = Delivery.Converter.class,
      description = {
        "How often a reader of meals and dead letters sees an order's end (default: at-least-once).",
        "exactly-once: ends and offsets are one transaction; its readers use read_committed."
      })
  Delivery delivery = Delivery.AT_LEAST_ONCE;

  @Option(
      names = "--max-crashes",
      defaultValue = "" + WorkerOptions.DEFAULT_MAX_CRASHES,
      description =
          "Worker processes that one order may kill before it becomes a dead letter (default: "
              + "${DEFAULT-VALUE}).")
  int maxCrashes = WorkerOptions.DEFAULT_MAX_CRASHES;

  @Option(
      names = "--max-in-flight",
      description = "Orders read and not yet ended (default: 10000; exactly-once 30000).")
  @Nullable Integer maxInFlight;

  @Option(
      names = "--max-in-flight-bytes",
      defaultValue = "" + WorkerOptions.DEFAULT_MAX_IN_FLIGHT_BYTES,
      description = "Keys and values of those orders, in bytes (default: ${DEFAULT-VALUE}).")
  long maxInFlightBytes = WorkerOptions.DEFAULT_MAX_IN_FLIGHT_BYTES;

  @Option(
      names = "--group-protocol",
      paramLabel = "classic|consumer",
      description =
          "How workers share the partitions (default: classic). consumer: the brokers decide, "
              + "which needs Kafka 4.0 or newer; the session's times are theirs too.")
  GroupProtocol groupProtocol = GroupProtocol.CLASSIC;

  @Option(
      names = "--strict",
      description = "Refuse topics that one broker's death can take away, rather than warn.")
  boolean strict;

  @Mixin MetricsOptions metrics;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    WorkerOptions options = options();
    Interrupts interrupts = Interrupts.install();
    try (Recipes loaded = RecipeSpecs.load(recipes, plugins);
        Monitoring monitoring =
            Monitoring.open(metrics, connection.kitchen(), options.workerId())) {
      monitoring.announce(connection, spec.commandLine().getOut());
      Kitchen kitchen = connection.kitchen();
      Map<String, Object> clientConfig;
      try (ClusterConnection cluster = ClusterConnection.open(connection)) {
        StartChecks.run(cluster, strict);
        clientConfig = cluster.clientConfig();
      }
      RejoiningWorker worker =
          new RejoiningWorker(
              () -> {
                Worker next =
                    new Worker(kitchen, options, loaded, clientConfig, monitoring.watch());
                monitoring.attach(next);
                return next;
              },
              monitoring::renew);
      interrupts.onStop(worker::drain);
      try {
        return worker.run() ? interrupts.exitCodeOr(ExitCode.DONE) : ExitCode.FAILED;
      } catch (KafkaException e) {
        throw GroupFailure.explain(e, kitchen, options);
      }
    }
  }

  WorkerOptions options() {
    if (recipes.isEmpty()) {
      throw CommandFailure.usage(
          "no recipe: name at least one, for example --recipe '*=simulate:20ms'");
    }
    if (workerId != null && !workerId.matches(WORKER_ID)) {
      throw CommandFailure.usage("--worker-id must match " + WORKER_ID);
    }
    within("--chefs", chefs, 1, MAX_CHEFS);
    if (!chefThreads.isAvailable()) {
      throw CommandFailure.usage(
          "--chef-threads virtual needs Java "
              + ChefThreads.FIRST_JAVA_WITH_VIRTUAL
              + ", this is Java "
              + Runtime.version().feature());
    }
    within("--max-attempts", maxAttempts, 1, Integer.MAX_VALUE);
    int most = maxInFlight != null ? maxInFlight : delivery.defaultMaxInFlight;
    within("--max-in-flight", most, 1, 10_000_000);
    within("--max-in-flight-bytes", maxInFlightBytes, 1, Long.MAX_VALUE);
    positive("--cook-timeout", cookTimeout);
    positive("--breaker-wait", breakerWait);
    within("--breaker", breakerPercent, 0, 100);
    if (!(retryBudget >= 0 && retryBudget <= MAX_RETRY_BUDGET)) {
      throw CommandFailure.usage(
          "--retry-budget must be 0 to " + MAX_RETRY_BUDGET + ", but is " + retryBudget);
    }
    if (maxElapsed != null) {
      positive("--max-elapsed", maxElapsed);
    }
    rateLimits.forEach(this::checkRateLimit);
    Duration interval =
        commitInterval != null ? commitInterval : Durations.parse(delivery.defaultCommitInterval);
    positive("--commit-interval", interval);
    within("--max-crashes", maxCrashes, 1, Holding.MAX_CRASHES);
    return new WorkerOptions(
        workerId != null ? workerId : ownId(),
        workerId != null,
        ordering,
        delivery,
        maxCrashes,
        chefs,
        chefThreads,
        new RetryPolicy(maxAttempts, maxElapsed, retryBudget),
        new RecipeLimits(breakerPercent, breakerWait, Map.copyOf(rateLimits)),
        cookTimeout,
        drainTimeout,
        interval,
        most,
        maxInFlightBytes,
        groupProtocol);
  }

  private void checkRateLimit(String dish, int perSecond) {
    within("--rate-limit " + dish, perSecond, 1, 1_000_000);
    if (recipes.stream().noneMatch(recipe -> recipe.startsWith(dish + "="))) {
      throw CommandFailure.usage(
          "--rate-limit " + Text.shown(dish) + ": no --recipe names this dish; name one of theirs");
    }
  }

  private static String ownId() {
    String host = ActivityFeed.hostName().replaceAll("[^A-Za-z0-9._-]", "-");
    String pid = "-" + ProcessHandle.current().pid();
    return host.substring(0, Math.min(host.length(), 64 - pid.length())) + pid;
  }

  private static void within(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw CommandFailure.usage(option + " must be " + min + " to " + max + ", but is " + value);
    }
  }

  private static void positive(String option, Duration value) {
    if (value.isZero()) {
      throw CommandFailure.usage(option + " must be longer than 0");
    }
  }
}
