package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.audit.Invariant;
import dev.brigade.audit.Violation;
import dev.brigade.orders.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final PlannedFault PLANNED =
      new PlannedFault(1, FaultKind.WORKER_KILL, 8_000, 2_000);
  private static final Violation VIOLATION =
      new Violation(Invariant.I3, 1, "orders without an end", List.of("<script>alert(1)</script>"));

  @Test
  void aBrokenPromiseFails() {
    assertThat(outcome(List.of(VIOLATION), fault("it ended"))).isEqualTo(Verdict.Outcome.FAILED);
  }

  @Test
  void aBoundThatIsMissedFails() {
    assertThat(
            Verdict.outcome(
                List.of(),
                List.of(new Verdict.BoundLine("progress within 1.0 s", "after 2.0 s", false)),
                List.of(fault("it ended")),
                List.of()))
        .isEqualTo(Verdict.Outcome.FAILED);
  }

  @Test
  void aFaultWithoutEffectProvesNothing() {
    assertThat(outcome(List.of(), fault(null))).isEqualTo(Verdict.Outcome.UNKNOWN);
  }

  @Test
  void whatWasNotInjectedProvesNothing() {
    assertThat(outcome(List.of(), FaultRecord.notInjected(PLANNED, "no worker runs")))
        .isEqualTo(Verdict.Outcome.UNKNOWN);
  }

  @Test
  void whatCouldNotBeSeenProvesNothing() {
    assertThat(
            Verdict.outcome(
                List.of(), List.of(), List.of(fault("it ended")), List.of("a log was cut")))
        .isEqualTo(Verdict.Outcome.UNKNOWN);
  }

  @Test
  void allElsePasses() {
    assertThat(outcome(List.of(), fault("it ended"))).isEqualTo(Verdict.Outcome.PASSED);
  }

  @Test
  void thePageShowsAllOfItAsInertText() {
    String page = ReportPage.of(verdict());

    assertThat(page)
        .contains(
            "FAILED", "worker-kill", "worker-2 &lt;b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "<b>");
  }

  @Test
  void theFileHoldsWhatIsNeededToRunItAgain() throws Exception {
    JsonNode json = Json.readTree(Json.writeText(verdict()).getBytes(StandardCharsets.UTF_8));

    assertThat(json.path("verdict").asText()).isEqualTo("FAILED");
    assertThat(json.path("seed").asLong()).isEqualTo(7);
    assertThat(json.at("/schedule/0/kind").asText()).isEqualTo("worker-kill");
    assertThat(json.at("/configuration/delivery").asText()).isEqualTo("at-least-once");
    assertThat(json.at("/violations/0/invariant").asText()).isEqualTo("I3");
    assertThat(json.at("/faults/0/victim").asText()).isEqualTo("worker-2 <b>");
  }

  private static Verdict.Outcome outcome(List<Violation> violations, FaultRecord fault) {
    return Verdict.outcome(violations, List.of(), List.of(fault), List.of());
  }

  private static FaultRecord fault(@Nullable String evidence) {
    return new FaultRecord(
        PLANNED,
        "worker-2 <b>",
        Set.of("worker-2"),
        8_001L,
        10_002L,
        evidence,
        null,
        new Recovery(0, Set.of(), Set.of(1), 0, false));
  }

  private static Verdict verdict() {
    return new Verdict(
        Verdict.Outcome.FAILED,
        7,
        Instant.EPOCH,
        60,
        Map.of("kafka", "4.3.1"),
        ChaosPlan.ofScenario(7, "at-least-once"),
        List.of(PLANNED),
        new Verdict.Counts(10, 0, 0, 10, 9, 0, 0, 0),
        List.of(VIOLATION),
        List.of(Verdict.FaultLine.of(fault("it ended"), new Progress(500))),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        0.4,
        3,
        List.of(new Timeline.Second(0, 5, 4, 1), new Timeline.Second(1, 5, 5, 1)));
  }
}
