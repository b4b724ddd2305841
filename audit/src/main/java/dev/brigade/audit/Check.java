package dev.brigade.audit;

import java.util.List;

/** Of one invariant. */
@FunctionalInterface
interface Check {
  /** What breaks the invariant; nothing if it holds. */
  List<Violation> check(Evidence evidence);
}
