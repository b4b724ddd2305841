package dev.brigade.kitchen.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a soak is made of: all that is needed to run it again.
 *
 * @param seed decides the schedule, the orders, and what the proxies do
 * @param duration how long orders flow
 * @param workers worker processes
 * @param supervised whether they have a supervisor
 * @param chefs of each
 * @param perSecond orders per second
 * @param tables how many keys there are
 * @param delivery as the worker takes it
 * @param ordering as the worker takes it
 * @param groupProtocol as the worker takes it
 * @param recipes {@code DISH=SPEC}; orders are of these dishes
 * @param rareRecipes {@code DISH=SPEC}; only faults order these
 * @param workerOptions more options for every worker
 * @param workerConfig what every worker's {@code --command-config} holds
 */
record ChaosPlan(
    long seed,
    Profile profile,
    Duration duration,
    int brokers,
    int workers,
    boolean supervised,
    int chefs,
    double perSecond,
    int tables,
    String delivery,
    String ordering,
    String groupProtocol,
    List<String> recipes,
    List<String> rareRecipes,
    List<String> workerOptions,
    Map<String, String> workerConfig) {
  static final int PARTITIONS = 12;
  static final String EXACTLY_ONCE = "exactly-once";
  static final String CONSUMER_PROTOCOL = "consumer";

  static final List<String> DELIVERIES = List.of("at-least-once", EXACTLY_ONCE);

  /** Healthy orders, and such as fail now and then but not eight times in a row. */
  static final List<String> WORKER_OPTIONS = List.of("--max-attempts=8");

  static final List<String> RECIPES =
      List.of("stew=simulate:5ms,jitter=0.5", "souffle=simulate:5ms,fail=0.1");

  private static final int NONE = -1;
  private static final String WORKER_PREFIX = "worker";
  private static final String ANY_DISH = "*";

  ChaosPlan {
    recipes = List.copyOf(recipes);
    rareRecipes = List.copyOf(rareRecipes);
    workerOptions = List.copyOf(workerOptions);
    workerConfig = Map.copyOf(workerConfig);
  }

  /** What a scenario begins with. */
  static ChaosPlan ofScenario(long seed, String delivery) {
    return new Builder().seed(seed).delivery(delivery).build();
  }

  static String worker(int number) {
    return WORKER_PREFIX + "-" + number;
  }

  List<String> workerIds() {
    return IntStream.rangeClosed(1, workers).mapToObj(ChaosPlan::worker).toList();
  }

  boolean isExactlyOnce() {
    return delivery.equals(EXACTLY_ONCE);
  }

  boolean isWithConsumerProtocol() {
    return groupProtocol.equals(CONSUMER_PROTOCOL);
  }

  /**
   * What is ordered, each as often as it is named. Beside {@link #RECIPES} one order in a hundred
   * is of a dish that nobody can cook: it ends as a dead letter, whoever takes it, however often.
   */
  List<String> dishes() {
    List<String> named =
        recipes.stream()
            .map(ChaosPlan::dish)
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

  /** What a fault of a rare dish orders. */
  String rareDish() {
    return dish(rareRecipes.get(0));
  }

  /** How a worker ends that cooks the rare dish; {@link #NONE} if it does not end by it. */
  int exitCodeOfHarm() {
    return rareRecipes.stream().mapToInt(ChaosPlan::exitCodeOfHarm).findFirst().orElse(NONE);
  }

  private static int exitCodeOfHarm(String recipe) {
    if (recipe.endsWith(PoisonRecipe.class.getName())) {
      return PoisonRecipe.EXIT_CODE;
    }
    return recipe.endsWith(GluttonRecipe.class.getName()) ? GluttonRecipe.EXIT_CODE : NONE;
  }

  private static String dish(String recipe) {
    return recipe.substring(0, recipe.indexOf('='));
  }

  /**
   * The command line of one worker without a supervisor.
   *
   * @param connection options that say where the brokers are
   */
  List<String> workerArguments(List<String> connection, String workerId) {
    List<String> arguments = new ArrayList<>(List.of("worker"));
    arguments.addAll(connection);
    arguments.addAll(List.of("--worker-id", workerId));
    arguments.addAll(options());
    return arguments;
  }

  /** The command line of the supervisor of all workers. */
  List<String> supervisorArguments(List<String> connection) {
    List<String> arguments = new ArrayList<>(List.of("supervise"));
    arguments.addAll(connection);
    arguments.addAll(
        List.of("--workers", Integer.toString(workers), "--worker-id-prefix", WORKER_PREFIX, "--"));
    arguments.addAll(options());
    return arguments;
  }

  private List<String> options() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--chefs",
                Integer.toString(chefs),
                "--delivery",
                delivery,
                "--ordering",
                ordering,
                "--group-protocol",
                groupProtocol));
    Stream.concat(recipes.stream(), rareRecipes.stream())
        .forEach(recipe -> arguments.addAll(List.of("--recipe", recipe)));
    arguments.addAll(workerOptions);
    return arguments;
  }

  /** The same but for what is set. */
  Builder but() {
    return new Builder(this);
  }

  /** By default three brokers, three workers, and 500 orders of 5 ms a second for a minute. */
  static final class Builder {
    private long seed = 1;
    private Profile profile = Profile.FULL;
    private Duration duration = Duration.ofMinutes(1);
    private int brokers = 3;
    private int workers = 3;
    private boolean supervised;
    private int chefs = 16;
    private double perSecond = 500;
    private int tables = 500;
    private String delivery = DELIVERIES.get(0);
    private String ordering = "key";
    private String groupProtocol = "classic";
    private List<String> recipes = RECIPES;
    private List<String> rareRecipes = List.of();
    private List<String> workerOptions = WORKER_OPTIONS;
    private Map<String, String> workerConfig = Map.of();

    Builder() {}

    private Builder(ChaosPlan plan) {
      seed = plan.seed;
      profile = plan.profile;
      duration = plan.duration;
      brokers = plan.brokers;
      workers = plan.workers;
      supervised = plan.supervised;
      chefs = plan.chefs;
      perSecond = plan.perSecond;
      tables = plan.tables;
      delivery = plan.delivery;
      ordering = plan.ordering;
      groupProtocol = plan.groupProtocol;
      recipes = plan.recipes;
      rareRecipes = plan.rareRecipes;
      workerOptions = plan.workerOptions;
      workerConfig = plan.workerConfig;
    }

    Builder seed(long other) {
      seed = other;
      return this;
    }

    Builder profile(Profile other) {
      profile = other;
      return this;
    }

    Builder duration(Duration other) {
      duration = other;
      return this;
    }

    Builder brokers(int other) {
      brokers = other;
      return this;
    }

    Builder workers(int other) {
      workers = other;
      return this;
    }

    Builder supervised(boolean other) {
      supervised = other;
      return this;
    }

    Builder chefs(int other) {
      chefs = other;
      return this;
    }

    Builder perSecond(double other) {
      perSecond = other;
      return this;
    }

    Builder tables(int other) {
      tables = other;
      return this;
    }

    Builder delivery(String other) {
      delivery = other;
      return this;
    }

    Builder ordering(String other) {
      ordering = other;
      return this;
    }

    Builder groupProtocol(String other) {
      groupProtocol = other;
      return this;
    }

    Builder recipes(List<String> other) {
      recipes = other;
      return this;
    }

    Builder rareRecipes(List<String> other) {
      rareRecipes = other;
      return this;
    }

    Builder workerOptions(List<String> other) {
      workerOptions = other;
      return this;
    }

    Builder workerConfig(Map<String, String> other) {
      workerConfig = other;
      return this;
    }

    ChaosPlan build() {
      return new ChaosPlan(
          seed,
          profile,
          duration,
          brokers,
          workers,
          supervised,
          chefs,
          perSecond,
          tables,
          delivery,
          ordering,
          groupProtocol,
          recipes,
          rareRecipes,
          workerOptions,
          workerConfig);
    }
  }
}
