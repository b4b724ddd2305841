package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DemoVerdictTest {
  private static final DemoPlan PLAN = new DemoPlan(3, 4, 1, 192, 100, 1);
  private static final Instant KILLED = Instant.parse("2026-11-20T16:00:00Z");

  @Test
  void aLogWithoutViolationsPasses() {
    // Given
    LogFindings findings = findings(0, 0, 0, 0, 0);

    // When
    DemoVerdict verdict = verdict(100, findings, List.of());

    // Then
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.cookedTwice()).isEqualTo(3);
    assertThat(verdict.takeoverMillis()).isEqualTo(6_400);
    assertThat(verdict.lines().get(0)).startsWith("PASSED");
    assertThat(verdict.lines()).anyMatch(line -> line.matches(" *lost +0 .*"));
    assertThat(verdict.lines()).anyMatch(line -> line.matches(" *takeover +6.4 s .*"));
  }

  @Test
  void everyViolationFailsIt() {
    assertThat(verdict(100, findings(1, 0, 0, 0, 0), List.of()).lost()).isEqualTo(1);
    assertFailed(verdict(100, findings(1, 0, 0, 0, 0), List.of()));
    assertFailed(verdict(100, findings(0, 1, 0, 0, 0), List.of()));
    assertFailed(verdict(100, findings(0, 0, 1, 0, 0), List.of()));
    assertFailed(verdict(100, findings(0, 0, 0, 1, 0), List.of()));
    assertFailed(verdict(100, findings(0, 0, 0, 0, 1), List.of()));
  }

  @Test
  void anAcknowledgedOrderThatIsMissingFailsIt() {
    // When
    DemoVerdict verdict = verdict(101, findings(0, 0, 0, 0, 0), List.of());

    // Then
    assertThat(verdict.lost()).isEqualTo(1);
    assertFailed(verdict);
  }

  @Test
  void anOrderThatWasNotAcknowledgedFailsIt() {
    // When
    DemoVerdict verdict = verdict(99, findings(0, 0, 0, 0, 0), List.of());

    // Then
    assertThat(verdict.lost()).isZero();
    assertFailed(verdict);
    assertThat(verdict.problems()).containsExactly("1 of 100 orders were not acknowledged");
  }

  @Test
  void aProblemOfTheRunFailsIt() {
    // When
    DemoVerdict verdict = verdict(100, findings(0, 0, 0, 0, 0), List.of("worker-1 ended badly"));

    // Then
    assertFailed(verdict);
    assertThat(verdict.lines()).contains("  ! worker-1 ended badly");
  }

  private static void assertFailed(DemoVerdict verdict) {
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.lines().get(0)).startsWith("FAILED");
  }

  private static DemoVerdict verdict(
      long acknowledged, LogFindings findings, List<String> problems) {
    Takeover takeover = new Takeover("worker-2", KILLED, List.of(4, 5));
    takeover.meal("worker-1", 4, KILLED.plusMillis(6_400));
    return DemoVerdict.of(PLAN, acknowledged, findings, takeover, 40_000, problems);
  }

  private static LogFindings findings(
      long open, long conflicting, long unknownEnds, long outOfOrder, long overlapping) {
    Histogram completion = LogFindings.emptyHistogram();
    completion.recordValue(48_000);
    return new LogFindings(
        100,
        100,
        99 - open,
        1,
        3,
        0,
        open,
        conflicting,
        unknownEnds,
        0,
        0,
        outOfOrder,
        overlapping,
        completion,
        List.of());
  }
}
