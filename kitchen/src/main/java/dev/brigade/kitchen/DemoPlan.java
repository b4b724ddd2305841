package dev.brigade.kitchen;

import dev.brigade.orders.Kitchen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a demo is to show.
 *
 * @param workers to begin with, at least 1
 * @param chefs of each worker, at least 1
 * @param brokers at least 1
 * @param perSecond orders per second
 * @param orders how many altogether, at least 1
 * @param seed decides dishes, tables and which worker is killed
 */
record DemoPlan(int workers, int chefs, int brokers, double perSecond, long orders, long seed) {
  /** Workers started after one was killed. */
  static final int REINFORCEMENT = 2;

  /** Some tries fail, so that retries are seen; a soufflé needs several of them. */
  private static final Map<String, String> RECIPES =
      new TreeMap<>(
          Map.of(
              "burger", "simulate:50ms,jitter=0.3,fail=0.02",
              "salad", "simulate:20ms,jitter=0.3",
              "soup", "simulate:30ms,jitter=0.3",
              "steak", "simulate:90ms,jitter=0.3,fail=0.02",
              "souffle", "simulate:40ms,fail=0.2"));

  /** One order in 200 has no recipe and so becomes a dead letter, whoever tries and how often. */
  private static final String DISHES =
      "burger=75,salad=50,soup=45,steak=24,souffle=5,off-the-menu=1";

  /** Of {@code orders}, as {@code brigade init} has it by default. */
  static final int PARTITIONS = 12;

  private static final String TABLES = "300";

  /**
   * What one chef cooks of these dishes in a second, kept well used but not to the limit: two
   * thirds of the chefs then just keep up, and what has waited meanwhile needs more chefs.
   */
  private static final double PER_CHEF = 16;

  /** Orders per second for that many chefs. */
  static double defaultRate(int workers, int chefs) {
    return workers * chefs * PER_CHEF;
  }

  /** Workers are numbered from 1. */
  static String worker(int number) {
    return "worker-" + number;
  }

  /** The number of the worker to kill. */
  int victim() {
    return 1 + Math.floorMod((int) seed, workers);
  }

  List<String> workerArguments(String bootstrapServers, int number) {
    List<String> arguments = new ArrayList<>(List.of("worker"));
    arguments.addAll(connection(bootstrapServers));
    arguments.addAll(List.of("--worker-id", worker(number), "--chefs", Integer.toString(chefs)));
    RECIPES.forEach((dish, spec) -> arguments.addAll(List.of("--recipe", dish + "=" + spec)));
    return arguments;
  }

  List<String> monitorArguments(String bootstrapServers, String stateDirectory) {
    List<String> arguments = new ArrayList<>(List.of("monitor"));
    arguments.addAll(connection(bootstrapServers));
    arguments.addAll(List.of("--state-dir", stateDirectory));
    return arguments;
  }

  List<String> producerArguments(String bootstrapServers, String batch) {
    List<String> arguments = new ArrayList<>(List.of("producer", "generate"));
    arguments.addAll(connection(bootstrapServers));
    arguments.addAll(
        List.of(
            "--count",
            Long.toString(orders),
            "--rate",
            "%.3f/s".formatted(perSecond),
            "--dishes",
            DISHES,
            "--tables",
            TABLES,
            "--seed",
            Long.toString(seed),
            "--batch",
            batch,
            "--wait",
            "--wait-timeout",
            "60s",
            "--json"));
    return arguments;
  }

  private static List<String> connection(String bootstrapServers) {
    return List.of("--bootstrap-server", bootstrapServers, "--kitchen", Kitchen.DEFAULT_NAME);
  }
}
