package dev.brigade.bench.report;

import dev.brigade.bench.Figure;
import java.util.Optional;

/** What a goal's figure is held against. */
sealed interface Yardstick {
  /** Whose figure it is held against, if that is measured, too. */
  Optional<Side> side();

  /**
   * The number that the goal's bound is about.
   *
   * @param theirs the median of {@link #side()}, if there is one
   */
  double seen(double ours, double theirs);

  /**
   * Such a number for people.
   *
   * @param up where it is rounded to
   */
  default String show(double number, boolean up, Figure figure) {
    return Numbers.ratio(number, up) + " ×";
  }

  /**
   * A ratio of medians.
   *
   * @param times what theirs is multiplied with first: a number of workers, or seconds of a rate
   */
  record Share(Side of, double times) implements Yardstick {
    @Override
    public Optional<Side> side() {
      return Optional.of(of);
    }

    @Override
    public double seen(double ours, double theirs) {
      return ours / (times * theirs);
    }
  }

  /** How much more it may be than theirs. */
  record Excess(Side over) implements Yardstick {
    @Override
    public Optional<Side> side() {
      return Optional.of(over);
    }

    @Override
    public double seen(double ours, double theirs) {
      return ours - theirs;
    }

    @Override
    public String show(double number, boolean up, Figure figure) {
      return (number < 0 ? "" : "+") + Numbers.rounded(number, up) + " " + figure.unit();
    }
  }

  /** A ratio to a number that follows from the scenario. */
  record ShareOfNumber(double number) implements Yardstick {
    @Override
    public Optional<Side> side() {
      return Optional.empty();
    }

    @Override
    public double seen(double ours, double theirs) {
      return ours / number;
    }
  }

  /** The figure as it is. */
  record Itself() implements Yardstick {
    @Override
    public Optional<Side> side() {
      return Optional.empty();
    }

    @Override
    public double seen(double ours, double theirs) {
      return ours;
    }

    @Override
    public String show(double number, boolean up, Figure figure) {
      return figure.unit().equals("ratio")
          ? Numbers.ratio(number, up)
          : Numbers.rounded(number, up) + " " + figure.unit();
    }
  }
}
