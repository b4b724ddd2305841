package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.chaos.tools.Doctor;
import dev.brigade.kitchen.chaos.tools.Finding;
import dev.brigade.orders.CommandFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scenario as a run. */
final class ScenarioRun {
  private ScenarioRun() {}

  /**
   * Why this machine or the plan cannot have it; null if they can.
   *
   * @param base what the scenario does not set
   */
  static @Nullable String whyNot(Scenario scenario, ChaosPlan base) throws InterruptedException {
    if (!Faults.isPossible(scenario.kind(), base)) {
      return "not possible with %s and %d brokers".formatted(base.delivery(), base.brokers());
    }
    Finding finding = new Doctor().probe(scenario.kind().tool());
    return finding.works() ? null : "not possible here: " + finding.why();
  }

  /**
   * @param base what the scenario does not set
   * @throws CommandFailure if it is not possible
   */
  static ChaosRun of(Scenario scenario, ChaosPlan base) throws InterruptedException {
    String why = whyNot(scenario, base);
    if (why != null) {
      throw CommandFailure.usage("%s is %s".formatted(scenario.name(), why));
    }
    return new ChaosRun(
        scenario.plan(base),
        scenario.schedule(),
        scenario.bounds().apply(Scenario.Times.of(base)),
        Map.of());
  }
}
