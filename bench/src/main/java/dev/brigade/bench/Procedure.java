package dev.brigade.bench;

import java.util.List;
import java.util.Map;

/** How a run goes and what is measured in it. */
interface Procedure {
  /**
   * What a run showed.
   *
   * @param figures what was measured
   * @param faults why the work was wrong; then the figures do not count
   * @param remarks what figures cannot say, for people, one line each
   */
  record Outcome(Map<Figure, Double> figures, List<String> faults, List<String> remarks) {
    Outcome(Map<Figure, Double> figures, List<String> faults) {
      this(figures, faults, List.of());
    }
  }

  /** The contender did not do the work; there is nothing to measure. */
  final class WorkFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkFault(String what) {
      super(what);
    }
  }

  /**
   * Runs once and leaves nothing running.
   *
   * @throws WorkFault if the contender gave up or stood still
   */
  Outcome run(Run run) throws InterruptedException;
}
