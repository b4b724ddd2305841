package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.kitchen.ScalingReport.ManyDishes;
import dev.brigade.kitchen.ScalingReport.SixDishes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingReportTest {
  private static final CheckedLog ALL_COOKED = new CheckedLog(60, 60, 0, 0, 0, 0, 0);

  @Test
  void theTextbooksNumbersAreExpected() {
    // Given six dishes of 3 s
    long dishMillis = 3_000;

    // When, then
    assertThat(SixDishes.of(1, 1, dishMillis, 18_100).expectedSeconds()).isEqualTo(18);
    assertThat(SixDishes.of(1, 6, dishMillis, 3_100).expectedSeconds()).isEqualTo(3);
    assertThat(SixDishes.of(2, 2, dishMillis, 6_100).expectedSeconds()).isEqualTo(6);
  }

  @Test
  void theSpeedUpIsAgainstOneWorker() {
    // When
    ManyDishes four = ManyDishes.of(4, List.of(12, 12, 12, 12), 2_500, 10_000);

    // Then
    assertThat(four.speedUp()).isEqualTo(4);
    assertThat(four.perSecond()).isEqualTo(19.2);
    assertThat(four.dishes()).isEqualTo(48);
  }

  @Test
  void claimsThatWereMeasuredAreKept() {
    // Given
    ScalingReport report = report(18_100, 5_999, 7_000, ALL_COOKED);

    // When, then
    assertThat(report.claims()).allSatisfy(claim -> assertThat(claim.kept()).isTrue());
    assertThat(Claim.allKept(report.claims())).isTrue();
  }

  @Test
  void oneChefWhoIsMuchSlowerThanTheRecipeMissesTheClaim() {
    assertThat(missed(report(22_500, 3_100, 5_000, ALL_COOKED))).containsExactly("22.50 s");
  }

  @Test
  void oneChefWhoIsFasterThanTheRecipeMissesTheClaim() {
    assertThat(missed(report(9_000, 3_100, 5_000, ALL_COOKED))).containsExactly("9.00 s");
  }

  @Test
  void sixChefsWhoTakeTwoTurnsMissTheClaim() {
    assertThat(missed(report(18_100, 6_000, 5_000, ALL_COOKED))).containsExactly("6.00 s");
  }

  @Test
  void twoWorkersThatAreHardlyFasterThanOneMissTheClaim() {
    assertThat(missed(report(18_100, 3_100, 9_000, ALL_COOKED))).containsExactly("1.11");
  }

  @Test
  void aLostDishMissesTheClaimsOfCookingAndOfTheLog() {
    // Given
    CheckedLog oneLost = new CheckedLog(60, 59, 0, 0, 1, 0, 0);

    // When, then
    assertThat(missed(report(18_100, 3_100, 5_000, oneLost)))
        .containsExactly("59 of 60", "1 lost, 0 overtook");
  }

  @Test
  void aDishThatOvertookMissesTheClaimOfTheLog() {
    // Given
    CheckedLog overtaken = new CheckedLog(60, 60, 0, 0, 0, 1, 0);

    // When, then
    assertThat(missed(report(18_100, 3_100, 5_000, overtaken)))
        .containsExactly("0 lost, 1 overtook");
  }

  @Test
  void theTablesAreForPeople() {
    assertThat(report(18_100, 3_100, 5_000, ALL_COOKED).lines())
        .contains(
            "Six dishes of 3 s, each for another table.",
            "  chefs                            time   expected",
            "      1   1 worker of 1 chef    18.10 s    18.00 s",
            "      6   1 worker of 6 chefs    3.10 s     3.00 s",
            "48 dishes of 0.2 s, each for another table, for workers of one chef.",
            "  workers      time   orders/s   speed-up   cooked by each",
            "        1   10.00 s        4.8       1.00   48",
            "        2    5.00 s        9.6       2.00   24 24");
  }

  private static ScalingReport report(
      long oneChefMillis, long sixChefsMillis, long twoWorkersMillis, CheckedLog check) {
    return ScalingReport.of(
        3_000,
        200,
        List.of(
            SixDishes.of(1, 1, 3_000, oneChefMillis), SixDishes.of(1, 6, 3_000, sixChefsMillis)),
        List.of(
            ManyDishes.of(1, List.of(48), 10_000, 10_000),
            ManyDishes.of(2, List.of(24, 24), twoWorkersMillis, 10_000)),
        check);
  }

  private static List<String> missed(ScalingReport report) {
    return report.claims().stream().filter(claim -> !claim.kept()).map(Claim::measured).toList();
  }
}
