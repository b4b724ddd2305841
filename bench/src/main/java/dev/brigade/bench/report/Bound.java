package dev.brigade.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * Where a goal begins.
 *
 * @param least whether more is better, up from {@code needed}; else less is, down from it
 * @param stretch what would be better still, if anything is
 */
record Bound(boolean least, double needed, @Nullable Double stretch) {
  static Bound atLeast(double needed) {
    return new Bound(true, needed, null);
  }

  static Bound atMost(double needed) {
    return new Bound(false, needed, null);
  }

  Bound stretch(double better) {
    return new Bound(least, needed, better);
  }

  boolean isMet(double seen) {
    return reaches(seen, needed);
  }

  boolean isStretched(double seen) {
    return stretch != null && reaches(seen, stretch);
  }

  private boolean reaches(double seen, double bound) {
    return least ? seen >= bound : seen <= bound;
  }

  String sign() {
    return least ? "≥" : "≤";
  }
}
