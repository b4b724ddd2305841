package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyWindowJsonTest {
  private static final LatencyWindow.LatencyStats STATS =
      new LatencyWindow.LatencyStats(0.5, 9, 2.25, 2, 3, 4, 8, 9);

  @Test
  void whateverIsWrittenIsReadBack() throws Exception {
    Generated generated = new Generated(45);
    for (int i = 0; i < 1_000; i++) {
      LatencyWindow window = generated.latencyWindow();
      assertThat(Json.read(Json.write(window), LatencyWindow.class)).isEqualTo(window);
    }
  }

  @Test
  void theJsonIsTheContracts() {
    String stats =
        "{\"minMs\":0.5,\"maxMs\":9.0,\"meanMs\":2.25,\"p50Ms\":2.0,\"p90Ms\":3.0,\"p95Ms\":4.0,"
            + "\"p99Ms\":8.0,\"p999Ms\":9.0}";
    assertThat(Json.writeText(window()))
        .isEqualTo(
            "{\"dish\":\"*\",\"windowSeconds\":10,\"windowStart\":\"2026-11-20T16:35:40Z\","
                + "\"windowEnd\":\"2026-11-20T16:35:50Z\",\"count\":5,\"dead\":1,"
                + "\"throughputPerSecond\":0.5,\"completion\":"
                + stats
                + ",\"wait\":"
                + stats
                + ",\"cook\":"
                + stats
                + ",\"clamped\":2,\"revision\":3,\"final\":true,"
                + "\"histogram\":{\"encoding\":\"hdr-v2-base64\",\"completion\":\"AAAA\"},"
                + "\"open\":4,\"oldestOpenMs\":1200,\"overdue\":1}");
  }

  @Test
  void theKeyNamesDishLengthAndStart() {
    assertThat(window().key()).isEqualTo("*|10|1795192540000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dish",
        "windowSeconds",
        "windowStart",
        "windowEnd",
        "count",
        "dead",
        "throughputPerSecond",
        "completion",
        "wait",
        "cook",
        "clamped",
        "revision",
        "final",
        "open",
        "oldestOpenMs",
        "overdue"
      })
  void aMissingFieldIsNamed(String field) throws Exception {
    ObjectNode json = (ObjectNode) Json.readTree(Json.write(window()));
    json.remove(field);

    assertThatThrownBy(() -> Json.read(json.toString().getBytes(UTF_8), LatencyWindow.class))
        .hasMessageStartingWith(field + " is missing");
  }

  @Test
  void aHistogramIsOptional() throws Exception {
    ObjectNode json = (ObjectNode) Json.readTree(Json.write(window()));
    json.remove("histogram");

    assertThat(Json.read(json.toString().getBytes(UTF_8), LatencyWindow.class).histogram())
        .isNull();
  }

  @Test
  void aNumberThatJsonDoesNotHaveIsNoLatency() {
    assertThatThrownBy(() -> new LatencyWindow.LatencyStats(0, 0, Double.NaN, 0, 0, 0, 0, 0))
        .hasMessage("meanMs must be finite and not negative, but is NaN");
    assertThatThrownBy(() -> new LatencyWindow.LatencyStats(-1, 0, 0, 0, 0, 0, 0, 0))
        .hasMessage("minMs must be finite and not negative, but is -1.0");
  }

  private static LatencyWindow window() {
    return new LatencyWindow(
        LatencyWindow.ALL_DISHES,
        10,
        Instant.parse("2026-11-20T16:35:40Z"),
        Instant.parse("2026-11-20T16:35:50Z"),
        5,
        1,
        0.5,
        STATS,
        STATS,
        STATS,
        2,
        3,
        true,
        new LatencyWindow.EncodedHistogram("hdr-v2-base64", "AAAA"),
        4,
        1200,
        1);
  }
}
