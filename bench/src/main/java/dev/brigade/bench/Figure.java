package dev.brigade.bench;

/** What a run measures. All of it from outside the contender's process. */
public enum Figure {
  STEADY_RATE("steady", "orders/s", true, "from the first meal to the last, by append time"),
  FROM_START(
      "from start", "orders/s", true, "all orders, from the process's start to the last meal"),
  START("start", "ms", false, "from the process's start to its first meal's append time"),
  CPU_PER_ORDER("CPU per order", "µs", false, "the contender's, from first meal to last"),
  BROKER_CPU_PER_ORDER("broker's CPU per order", "µs", false, "from first meal to last"),
  NEIGHBOUR_CPU(
      "neighbours' CPU", "cores", false, "everything else on the machine, from first meal to last"),
  ALLOCATION(
      "allocated per order", "bytes", false, "on the contender's Java heap, by its garbage log"),
  PEAK_RSS("peak RSS", "MiB", false, "the contender's, all its processes together"),
  DUPLICATES("cooked again", "orders", false, "meals beyond one per order"),
  HOT_KEY_RATE("hot key", "orders/s", true, "meals of the hot key, from its first to its last"),
  HOT_KEY_ALONE("hot key alone", "orders/s", true, "the same orders of that key, without the rest"),
  KEPT("throughput kept", "ratio", true, "while the slow orders cook, of that without them"),
  COMMIT_LAG("commit lag", "orders", false, "cooked, but behind the group's committed offsets"),
  P50("p50", "ms", false, "placed → meal appended, half of the orders"),
  P99("p99", "ms", false, "placed → meal appended, 99 % of the orders"),
  P999("p99.9", "ms", false, "placed → meal appended, 99.9 % of the orders"),
  MAX("max", "ms", false, "placed → meal appended, the slowest order"),
  GENERATOR_LATE_P99("generator late, p99", "ms", false, "sent after it was placed"),
  OFFERED_RATE("offered", "orders/s", true, "what the generator was told to place"),
  STANDSTILL_MOVED(
      "standstill, moved", "ms", false, "longest without a meal, partitions that changed hands"),
  STANDSTILL_KEPT(
      "standstill, kept", "ms", false, "longest without a meal, partitions that others kept"),
  LIMIT("limit", "orders/s", true, "said by the measuring process itself: it makes no meals"),
  HEAP_EARLY(
      "heap, first fifth",
      "MiB",
      false,
      "left after full collections, in the first fifth of a run"),
  HEAP_LATE(
      "heap, last fifth", "MiB", false, "left after full collections, in the last fifth of a run"),
  GROWN("grown to", "", false, "what grows from row to row; the rows are sorted by it"),
  SCALING("of linear", "ratio", true, "rate over workers times the rate of one");

  private final String label;
  private final String unit;
  private final boolean moreIsBetter;
  private final String meaning;

  Figure(String label, String unit, boolean moreIsBetter, String meaning) {
    this.label = label;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
    this.meaning = meaning;
  }

  public String label() {
    return label;
  }

  public String unit() {
    return unit;
  }

  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  public String meaning() {
    return meaning;
  }
}
