package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The labs in a short form, each as a process of its own. How fast it was is for the lab to judge:
 * a machine that does much else at the time may miss a claim of speed, and then the lab must say
 * so.
 */
@Timeout(300)
class LabIT {
  @TempDir Path temporary;

  @Test
  void moreWorkersShareTheDishesEvenlyAndNoneIsLost() throws Exception {
    try (DemoProcess lab =
        DemoProcess.start(
            temporary, List.of("lab", "horizontal-scaling", "--dish-time", "900ms", "--json"))) {
      // When
      int exitCode = lab.awaitEnd();

      // Then
      JsonNode report = Json.readTree(lab.output().getBytes(StandardCharsets.UTF_8));
      assertThat(report.path("sixDishes"))
          .extracting(row -> row.path("workers").asInt() + "x" + row.path("chefs").asInt())
          .containsExactly("1x1", "1x6", "6x1");
      assertThat(report.path("sixDishes").path(0).path("seconds").asDouble()).isGreaterThan(5);
      assertThat(report.path("manyDishes"))
          .extracting(row -> row.path("cookedByEach").toString())
          .containsExactly("[48]", "[24,24]", "[12,12,12,12]", "[8,8,8,8,8,8]");
      assertAllCooked(report, 3 * 6 + 4 * 48 + 5 * 12);
      assertThat(exitCode).as(lab.log()).isEqualTo(allKept(report) ? 0 : 1);
      lab.assertNothingLeft();
    }
  }

  @Test
  void everyDishIsCookedThoughChefsFailAndAWorkerDies() throws Exception {
    try (DemoProcess lab =
        DemoProcess.start(
            temporary,
            List.of(
                "lab", "fault-tolerance", "--dishes", "16", "--dish-time", "400ms", "--json"))) {
      // When
      int exitCode = lab.awaitEnd();

      // Then
      JsonNode report = Json.readTree(lab.output().getBytes(StandardCharsets.UTF_8));
      assertThat(exitCode).as("%s%n%s", report, lab.log()).isZero();
      assertThat(allKept(report)).isTrue();
      assertThat(report.path("failed").asInt()).isPositive();
      assertThat(report.path("tries").asInt()).isEqualTo(16 + report.path("failed").asInt());
      assertThat(report.path("crash").path("partitions")).hasSize(4);
      assertThat(report.path("crash").path("left").asInt()).isPositive();
      assertAllCooked(report, 12 + 16 + 36);
      assertThat(lab.log()).contains("cooked it at try 2", "worker-2 is killed");
      lab.assertNothingLeft();
    }
  }

  @Test
  void controlCLeavesNothing() throws Exception {
    try (DemoProcess lab = DemoProcess.start(temporary, List.of("lab", "horizontal-scaling"))) {
      // Given
      lab.awaitLog("starting worker-1");

      // When
      lab.interrupt();

      // Then
      assertThat(lab.awaitEnd()).as(lab.log()).isEqualTo(130);
      assertThat(lab.output()).isEmpty();
      lab.assertNothingLeft();
    }
  }

  private static void assertAllCooked(JsonNode report, int dishes) {
    JsonNode check = report.path("check");
    assertThat(check.path("placed").asInt()).isEqualTo(dishes);
    assertThat(check.path("cooked").asInt()).isEqualTo(dishes);
    assertThat(check.path("dead").asInt(-1)).isZero();
    assertThat(check.path("lost").asInt(-1)).isZero();
    assertThat(check.path("orderViolations").asInt(-1)).isZero();
  }

  private static boolean allKept(JsonNode report) {
    List<JsonNode> claims = new ArrayList<>();
    report.path("claims").forEach(claims::add);
    assertThat(claims).isNotEmpty();
    return claims.stream().allMatch(claim -> claim.path("kept").asBoolean());
  }
}
