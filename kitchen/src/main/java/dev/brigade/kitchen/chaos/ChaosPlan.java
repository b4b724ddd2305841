package dev.brigade.kitchen.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a soak is made of: all that is needed to run it again.
 *
 * @param seed decides the schedule, the orders, and what the proxies do
 * @param duration how long orders flow
 * @param workers worker processes
 * @param chefs of each
 * @param perSecond orders per second
 * @param tables how many keys there are
 * @param delivery as the worker takes it
 * @param ordering as the worker takes it
 * @param groupProtocol as the worker takes it
 * @param recipes {@code DISH=SPEC}; orders are of these dishes
 * @param workerOptions more options for every worker
 */
record ChaosPlan(
    long seed,
    Profile profile,
    Duration duration,
    int brokers,
    int workers,
    int chefs,
    double perSecond,
    int tables,
    String delivery,
    String ordering,
    String groupProtocol,
    List<String> recipes,
    List<String> workerOptions) {
  static final int PARTITIONS = 12;
  static final String EXACTLY_ONCE = "exactly-once";

  static final List<String> DELIVERIES = List.of("at-least-once", EXACTLY_ONCE);

  /** Healthy orders, and such as fail now and then but not eight times in a row. */
  static final List<String> WORKER_OPTIONS = List.of("--max-attempts=8");

  static final List<String> RECIPES =
      List.of("stew=simulate:5ms,jitter=0.5", "souffle=simulate:5ms,fail=0.1");

  private static final String ANY_DISH = "*";

  ChaosPlan {
    recipes = List.copyOf(recipes);
    workerOptions = List.copyOf(workerOptions);
  }

  /** What a scenario begins with: three brokers, three workers, 500 orders of 5 ms a second. */
  static ChaosPlan ofScenario(long seed, String delivery) {
    return new ChaosPlan(
        seed,
        Profile.FULL,
        Duration.ofMinutes(1),
        3,
        3,
        16,
        500,
        500,
        delivery,
        "key",
        "classic",
        RECIPES,
        WORKER_OPTIONS);
  }

  static String worker(int number) {
    return "worker-" + number;
  }

  boolean isExactlyOnce() {
    return delivery.equals(EXACTLY_ONCE);
  }

  /**
   * What is ordered, each as often as it is named. Beside {@link #RECIPES} one order in a hundred
   * is of a dish that nobody can cook: it ends as a dead letter, whoever takes it, however often.
   */
  List<String> dishes() {
    List<String> named =
        recipes.stream()
            .map(recipe -> recipe.substring(0, recipe.indexOf('=')))
            .map(dish -> dish.equals(ANY_DISH) ? "any" : dish)
            .toList();
    if (!recipes.equals(RECIPES)) {
      return named;
    }
    List<String> dishes = new ArrayList<>(List.of("nobody-can-cook-it"));
    while (dishes.size() < 100) {
      dishes.addAll(named);
    }
    return dishes;
  }

  List<String> workerArguments(String bootstrapServers, String workerId) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "worker",
                "--bootstrap-server",
                bootstrapServers,
                "--worker-id",
                workerId,
                "--chefs",
                Integer.toString(chefs),
                "--delivery",
                delivery,
                "--ordering",
                ordering,
                "--group-protocol",
                groupProtocol));
    recipes.forEach(recipe -> arguments.addAll(List.of("--recipe", recipe)));
    arguments.addAll(workerOptions);
    return arguments;
  }

  ChaosPlan lasting(Duration other) {
    return new ChaosPlan(
        seed,
        profile,
        other,
        brokers,
        workers,
        chefs,
        perSecond,
        tables,
        delivery,
        ordering,
        groupProtocol,
        recipes,
        workerOptions);
  }

  ChaosPlan cooking(List<String> others, double otherPerSecond) {
    return new ChaosPlan(
        seed,
        profile,
        duration,
        brokers,
        workers,
        chefs,
        otherPerSecond,
        tables,
        delivery,
        ordering,
        groupProtocol,
        others,
        workerOptions);
  }
}
