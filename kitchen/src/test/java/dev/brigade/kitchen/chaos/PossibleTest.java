package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.kitchen.chaos.tools.Doctor;
import dev.brigade.kitchen.chaos.tools.Tool;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PossibleTest {
  private static final ChaosPlan PLAN = ChaosPlan.ofScenario(1, "at-least-once");

  @Test
  void whatThisMachineCannotInjectIsSkippedAndSaidSo() throws Exception {
    Doctor doctor =
        new Doctor(
            Map.of(
                Tool.SIGNALS,
                () -> "seen",
                Tool.PROXIES,
                () -> {
                  throw new IOException("no port is free");
                }));

    Possible possible = Possible.on(PLAN, doctor);

    assertThat(possible.kinds())
        .contains(FaultKind.WORKER_KILL)
        .doesNotContain(FaultKind.WORKER_CUT, FaultKind.LOSS);
    assertThat(possible.skipped())
        .containsEntry("worker-cut", "no port is free")
        .doesNotContainKey("worker-kill");
  }

  @Test
  void withoutTransactionsThereIsNoTransactionCoordinatorToKill() {
    assertThat(Faults.kinds(PLAN)).doesNotContain(FaultKind.TRANSACTION_COORDINATOR_KILL);
    assertThat(Faults.kinds(ChaosPlan.ofScenario(1, ChaosPlan.EXACTLY_ONCE)))
        .contains(FaultKind.TRANSACTION_COORDINATOR_KILL);
  }
}
