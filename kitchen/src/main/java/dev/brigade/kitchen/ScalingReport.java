package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures of {@code lab horizontal-scaling}, and what it claims.
 *
 * @param dishMillis how long each of the six dishes takes
 * @param shortDishMillis how long each of the many dishes takes
 * @param sixDishes the same six dishes for one chef and for six
 * @param manyDishes the same dishes for more and more workers of one chef; first for one worker
 */
record ScalingReport(
    String lab,
    long dishMillis,
    long shortDishMillis,
    List<SixDishes> sixDishes,
    List<ManyDishes> manyDishes,
    CheckedLog check,
    List<Claim> claims)
    implements LabReport {
  static final int SIX = 6;

  /** Orders and meals travel to the broker and back, and the machine has other things to do. */
  private static final double ONE_CHEF_LIMIT = 1.25;

  /** In two dishes' time three chefs would do. */
  private static final double SIX_CHEFS_LIMIT = 2;

  /** Nobody cooks faster than the recipe, but the log's clock may be set right meanwhile. */
  private static final double LEAST_OF_EXPECTED = 0.95;

  /** Of a speed-up that is the number of workers. */
  private static final double LEAST_EFFICIENCY = 0.6;

  /**
   * @param chefs of each worker
   * @param expectedSeconds by the recipe, with nothing else to do
   */
  record SixDishes(int workers, int chefs, double seconds, double expectedSeconds) {
    static SixDishes of(int workers, int chefs, long dishMillis, long millis) {
      int turns = (SIX + workers * chefs - 1) / (workers * chefs);
      return new SixDishes(workers, chefs, millis / 1000.0, turns * dishMillis / 1000.0);
    }

    String crew() {
      return plural(workers, "worker") + " of " + plural(chefs, "chef");
    }

    Claim claim() {
      boolean alone = workers * chefs == 1;
      double limit = expectedSeconds * (alone ? ONE_CHEF_LIMIT : SIX_CHEFS_LIMIT);
      return new Claim(
          format(
              "%s: %s (less than %s)", crew(), shortSeconds(expectedSeconds), shortSeconds(limit)),
          exactly(this.seconds),
          this.seconds >= expectedSeconds * LEAST_OF_EXPECTED && this.seconds < limit);
    }
  }

  /**
   * @param speedUp how many times as fast as one worker
   * @param cookedByEach meals of each worker
   */
  record ManyDishes(
      int workers,
      int dishes,
      double seconds,
      double perSecond,
      double speedUp,
      List<Integer> cookedByEach) {
    /**
     * @param oneWorkerMillis what one worker took for the same dishes
     */
    static ManyDishes of(
        int workers, List<Integer> cookedByEach, long millis, long oneWorkerMillis) {
      int dishes = cookedByEach.stream().mapToInt(Integer::intValue).sum();
      return new ManyDishes(
          workers,
          dishes,
          millis / 1000.0,
          rounded(dishes * 1000.0 / millis),
          rounded((double) oneWorkerMillis / millis),
          List.copyOf(cookedByEach));
    }

    Claim claim() {
      double least = workers * LEAST_EFFICIENCY;
      return new Claim(
          format("%d workers: %d times as fast as one (at least %.1f)", workers, workers, least),
          format("%.2f", speedUp),
          speedUp >= least);
    }
  }

  static ScalingReport of(
      long dishMillis,
      long shortDishMillis,
      List<SixDishes> sixDishes,
      List<ManyDishes> manyDishes,
      CheckedLog check) {
    List<Claim> claims = new ArrayList<>();
    sixDishes.forEach(row -> claims.add(row.claim()));
    manyDishes.stream().skip(1).forEach(row -> claims.add(row.claim()));
    claims.add(check.allCooked());
    claims.add(check.noneLost());
    return new ScalingReport(
        "horizontal-scaling",
        dishMillis,
        shortDishMillis,
        List.copyOf(sixDishes),
        List.copyOf(manyDishes),
        check,
        List.copyOf(claims));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format("Six dishes of %s, each for another table.", shortSeconds(dishMillis / 1000.0)));
    lines.add("A dish takes its time whoever cooks it: only more chefs make dinner sooner.");
    TextTable six = new TextTable("chefs", "", "time", "expected");
    sixDishes.forEach(
        row ->
            six.row(
                Integer.toString(row.workers * row.chefs),
                row.crew(),
                exactly(row.seconds),
                exactly(row.expectedSeconds)));
    lines.addAll(six.lines());
    lines.add("");
    lines.add(
        format(
            "%d dishes of %s, each for another table, for workers of one chef.",
            manyDishes.get(0).dishes, shortSeconds(shortDishMillis / 1000.0)));
    lines.add("A table has one partition, a partition one worker: tables are chosen to fill the");
    lines.add("partitions evenly, or the worker with the fullest ones would set the time.");
    TextTable many = new TextTable("workers", "time", "orders/s", "speed-up", "cooked by each");
    manyDishes.forEach(
        row ->
            many.row(
                Integer.toString(row.workers),
                exactly(row.seconds),
                format("%.1f", row.perSecond),
                format("%.2f", row.speedUp),
                row.cookedByEach.stream().map(String::valueOf).collect(Collectors.joining(" "))));
    lines.addAll(many.lines());
    return lines;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String plural(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String exactly(double seconds) {
    return format("%.2f s", seconds);
  }

  /** As people write it: {@code 3 s}, {@code 0.2 s}. */
  private static String shortSeconds(double seconds) {
    return format("%.2f", seconds).replaceFirst("\\.?0+$", "") + " s";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
