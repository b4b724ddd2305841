package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import org.junit.jupiter.api.Test;

class StartChecksTest {
  private static boolean answer(int exitCode) {
    throw new CommandFailure(exitCode, "the coordinator does not answer");
  }

  @Test
  void aWarningIsNotWorthAStart() {
    assertThat(StartChecks.mayBe(() -> answer(ExitCode.UNREACHABLE))).isFalse();
    assertThat(StartChecks.mayBe(() -> true)).isTrue();
  }

  @Test
  void whatTheWorkerMayNotDoItIsTold() {
    assertThatThrownBy(() -> StartChecks.mayBe(() -> answer(ExitCode.NOT_AUTHORISED)))
        .isInstanceOf(CommandFailure.class);
  }
}
