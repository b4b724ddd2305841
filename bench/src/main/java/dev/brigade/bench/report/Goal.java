package dev.brigade.bench.report;

/**
 * What Brigade is to reach.
 *
 * @param claim in words, to be read after the name of the figure
 */
record Goal(Side ours, String claim, Yardstick yardstick, Bound bound) {
  String scenario() {
    return ours.scenario();
  }

  /** The goal without its number, for people. */
  String words() {
    return ours.figure().label() + ": " + claim;
  }

  /** What is needed, for people. */
  String needed() {
    return bound.sign() + " " + show(bound.needed());
  }

  /** Empty where there is no more to reach. */
  String stretch() {
    Double stretch = bound.stretch();
    return stretch == null ? "" : bound.sign() + " " + show(stretch);
  }

  /** Rounded against us: what is shown as reached is reached. */
  String show(double seen) {
    return yardstick.show(seen, !bound.least(), ours.figure());
  }
}
