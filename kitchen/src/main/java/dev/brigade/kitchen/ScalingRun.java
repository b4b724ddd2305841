package dev.brigade.kitchen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One run of {@code lab horizontal-scaling}. Workers are added to a kitchen that stays open, which
 * is what scaling means. Confined to one thread.
 */
final class ScalingRun {
  private static final String LONG_DISH = "roast";
  private static final String SHORT_DISH = "omelette";
  private static final int SHORT_DISHES_PER_PARTITION = 4;
  private static final List<Integer> CREWS = List.of(1, 2, 4, 6);
  private static final String SIX_CHEFS = "six-chefs";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final LabKitchen kitchen;
  private final RunNotes notes;
  private final long longMillis;
  private final long shortMillis;
  private final Map<String, String> recipes;
  private final BalancedTables tables =
      new BalancedTables(LabKitchen.PARTITIONS, SHORT_DISHES_PER_PARTITION);
  private final List<ScalingReport.ManyDishes> many = new ArrayList<>();
  private int workers;
  private long oneWorkerMillis;

  ScalingRun(LabKitchen kitchen, RunNotes notes, long longMillis, long shortMillis) {
    this.kitchen = kitchen;
    this.notes = notes;
    this.longMillis = longMillis;
    this.shortMillis = shortMillis;
    this.recipes =
        Map.of(
            LONG_DISH, "simulate:" + longMillis + "ms",
            SHORT_DISH, "simulate:" + shortMillis + "ms");
  }

  LabReport run() throws InterruptedException {
    notes.say("starting a worker of six chefs");
    kitchen.start(List.of(SIX_CHEFS), ScalingReport.SIX, recipes);
    ScalingReport.SixDishes sixChefs = sixDishes(1, ScalingReport.SIX);
    kitchen.stop(SIX_CHEFS);
    growTo(1);
    ScalingReport.SixDishes oneChef = sixDishes(1, 1);
    for (int crew : CREWS) {
      growTo(crew);
      manyDishes();
    }
    ScalingReport.SixDishes sixWorkers = sixDishes(workers, 1);
    notes.say("reading the topics back");
    return ScalingReport.of(
        longMillis, shortMillis, List.of(oneChef, sixChefs, sixWorkers), many, kitchen.check());
  }

  private void growTo(int crew) {
    List<String> fresh =
        IntStream.rangeClosed(workers + 1, crew).mapToObj(number -> "worker-" + number).toList();
    if (!fresh.isEmpty()) {
      notes.say(
          "starting %s, of one chef%s",
          String.join(" and ", fresh), fresh.size() == 1 ? "" : " each");
      kitchen.start(fresh, 1, recipes);
      workers = crew;
    }
  }

  private ScalingReport.SixDishes sixDishes(int crew, int chefs) {
    List<String> six = tables.oneInEach(spreadOverWorkers(ScalingReport.SIX));
    ServedBatch served = serve("six-for-%dx%d".formatted(crew, chefs), LONG_DISH, longMillis, six);
    return ScalingReport.SixDishes.of(crew, chefs, longMillis, served.time().toMillis());
  }

  /** As many partitions, in turn one of each worker. */
  private List<Integer> spreadOverWorkers(int count) {
    List<Integer> chosen = new ArrayList<>();
    for (int turn = 0; chosen.size() < count; turn++) {
      for (WorkerView worker : kitchen.view().workers()) {
        if (turn < worker.partitions.size() && chosen.size() < count) {
          chosen.add(List.copyOf(worker.partitions).get(turn));
        }
      }
    }
    return chosen;
  }

  private void manyDishes() {
    ServedBatch served = serve("many-for-" + workers, SHORT_DISH, shortMillis, tables.all());
    long millis = served.time().toMillis();
    oneWorkerMillis = workers == 1 ? millis : oneWorkerMillis;
    many.add(
        ScalingReport.ManyDishes.of(
            workers, List.copyOf(served.mealsByWorker().values()), millis, oneWorkerMillis));
  }

  private ServedBatch serve(String batch, String dish, long dishMillis, List<String> forTables) {
    Dinner dinner = Dinner.of(batch, dish, forTables);
    kitchen.place(dinner);
    kitchen.awaitAllEnded(PATIENCE);
    ServedBatch served = kitchen.served(dinner);
    notes.say(
        "%d dishes of %s took %s with %s",
        forTables.size(),
        Format.millis(dishMillis),
        Format.millis(served.time().toMillis()),
        served.mealsByWorker().size() == 1
            ? served.mealsByWorker().firstKey()
            : served.mealsByWorker().size() + " workers");
    return served;
  }
}
