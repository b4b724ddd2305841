package dev.brigade.kitchen;

import dev.brigade.orders.Meal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of {@code lab fault-tolerance}. Confined to one thread. */
final class FaultRun {
  private static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
  private static final String VICTIM = "worker-2";
  private static final int CHEFS = 6;

  /** As in the textbook. */
  private static final double FAIL_SHARE = 0.5;

  private static final String RISKY_DISH = "souffle";
  private static final String SAFE_DISH = "stew";
  private static final int SAFE_DISHES_PER_TABLE = 3;

  /** The wait before a try doubles with every failure, up to 30 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final LabKitchen kitchen;
  private final RunNotes notes;
  private final int dishes;
  private final long dishMillis;

  FaultRun(LabKitchen kitchen, RunNotes notes, int dishes, long dishMillis) {
    this.kitchen = kitchen;
    this.notes = notes;
    this.dishes = dishes;
    this.dishMillis = dishMillis;
  }

  LabReport run() {
    notes.say("starting %s, of %d chefs each", String.join(", ", WORKERS), CHEFS);
    kitchen.start(
        WORKERS,
        CHEFS,
        Map.of(
            RISKY_DISH, "simulate:%dms,fail=%s".formatted(dishMillis, FAIL_SHARE),
            SAFE_DISH, "simulate:%dms".formatted(dishMillis)));
    FaultReport.Failures failures = letChefsFail();
    FaultReport.Crash crash = letAWorkerDie();
    notes.say("reading the topics back");
    return FaultReport.of(failures, crash, kitchen.check());
  }

  private FaultReport.Failures letChefsFail() {
    notes.say("%d dishes are ordered; chefs fail half of the time", dishes);
    DishStories stories = new DishStories(line -> notes.say("%s", line));
    kitchen.listen(stories);
    int perPartition = (dishes + LabKitchen.PARTITIONS - 1) / LabKitchen.PARTITIONS;
    List<String> tables = new BalancedTables(LabKitchen.PARTITIONS, perPartition).all();
    Dinner dinner = Dinner.of(RISKY_DISH, RISKY_DISH, tables.subList(0, dishes));
    kitchen.place(dinner);
    kitchen.awaitAllEnded(PATIENCE);
    stories.end();
    ServedBatch served = kitchen.served(dinner);
    notes.say(
        "all %d are cooked, %s after the first was ordered",
        served.meals().size(), Format.millis(served.time().toMillis()));
    return new FaultReport.Failures(
        served.meals().stream().map(Meal::attempts).toList(),
        FAIL_SHARE,
        stories.toAnotherChef(),
        stories.toTheSameChef());
  }

  /** Most of its dishes are left to cook then, so that there is something to take over. */
  private FaultReport.Crash letAWorkerDie() {
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < SAFE_DISHES_PER_TABLE; i++) {
      tables.addAll(new BalancedTables(LabKitchen.PARTITIONS, 1).all());
    }
    notes.say("%d more dishes are ordered, for chefs that never fail", tables.size());
    long before = kitchen.ended();
    kitchen.place(Dinner.of(SAFE_DISH, SAFE_DISH, tables));
    kitchen.await(
        PATIENCE, "a third is cooked", () -> kitchen.ended() - before >= tables.size() / 3);
    Takeover takeover = kitchen.kill(VICTIM);
    long left = takeover.partitions().stream().mapToLong(kitchen.view()::waiting).sum();
    notes.say(
        "%s is killed: it held partitions %s with %d dishes to cook",
        VICTIM, PartitionList.of(takeover.partitions()), left);
    kitchen.awaitAllEnded(PATIENCE);
    notes.say("all %d are cooked; its partitions moved: %s", tables.size(), takeover.newHolders());
    Duration untilFirstMeal = takeover.untilFirstMeal();
    return new FaultReport.Crash(
        tables.size(),
        VICTIM,
        List.copyOf(takeover.partitions()),
        left,
        takeover.newHolders(),
        untilFirstMeal == null ? null : untilFirstMeal.toMillis());
  }
}
