package dev.brigade.kitchen.chaos;

import dev.brigade.orders.CommandFailure;
import java.util.Map;

/** A scenario as a run. */
final class ScenarioRun {
  private ScenarioRun() {}

  /**
   * @param base what the scenario does not set
   * @throws CommandFailure if the scenario needs what the plan does not have
   */
  static ChaosRun of(Scenario scenario, ChaosPlan base) {
    if (!Faults.isPossible(scenario.kind(), base)) {
      throw CommandFailure.usage(
          "%s is not possible with %s and %d brokers"
              .formatted(scenario.name(), base.delivery(), base.brokers()));
    }
    return new ChaosRun(
        scenario.plan(base),
        scenario.schedule(),
        scenario.bounds().apply(Scenario.Times.of(base)),
        Map.of());
  }
}
