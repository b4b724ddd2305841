package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultReportTest {
  private static final CheckedLog ALL_COOKED = new CheckedLog(84, 84, 0, 2, 0, 0, 0);
  private static final FaultReport.Crash TAKEN_OVER = crash(8, 6_400L);
  private static final List<Integer> HALF_FAILED = List.of(1, 1, 2, 1, 3, 2, 4, 2);

  @Test
  void claimsThatWereMeasuredAreKept() {
    // Given
    FaultReport report = report(HALF_FAILED, TAKEN_OVER, ALL_COOKED);

    // When, then
    assertThat(report.tries()).isEqualTo(16);
    assertThat(report.failed()).isEqualTo(8);
    assertThat(Claim.allKept(report.claims())).isTrue();
  }

  @Test
  void chefsThatNeverFailMissTheClaim() {
    assertThat(missed(report(Collections.nCopies(48, 1), TAKEN_OVER, ALL_COOKED)))
        .containsExactly("0 of 48, 0 %");
  }

  @Test
  void chefsThatNearlyAlwaysFailMissTheClaim() {
    assertThat(missed(report(Collections.nCopies(48, 20), TAKEN_OVER, ALL_COOKED)))
        .containsExactly("912 of 960, 95 %");
  }

  @Test
  void aDeadWorkersDishesThatNobodyCooksMissTheClaim() {
    assertThat(missed(report(HALF_FAILED, crash(8, null), ALL_COOKED)))
        .containsExactly("nobody cooked any");
  }

  @Test
  void aDeathWithNothingToTakeOverMissesTheClaim() {
    assertThat(missed(report(HALF_FAILED, crash(0, 100L), ALL_COOKED)))
        .containsExactly("the first after 0.1 s");
  }

  @Test
  void aDishThatWasGivenUpMissesTheClaimOfCooking() {
    // Given
    CheckedLog oneDead = new CheckedLog(84, 83, 1, 0, 0, 0, 0);

    // When, then
    assertThat(missed(report(HALF_FAILED, TAKEN_OVER, oneDead))).containsExactly("83 of 84");
  }

  @Test
  void aLostDishMissesTheClaimsOfCookingAndOfTheLog() {
    // Given
    CheckedLog oneLost = new CheckedLog(84, 83, 0, 0, 1, 0, 0);

    // When, then
    assertThat(missed(report(HALF_FAILED, TAKEN_OVER, oneLost)))
        .containsExactly("83 of 84", "1 lost, 0 overtook");
  }

  private static FaultReport.Crash crash(long left, @Nullable Long millis) {
    return new FaultReport.Crash(
        36, "worker-2", List.of(4, 5, 6, 7), left, "worker-1 (4-7)", millis);
  }

  private static FaultReport report(
      List<Integer> attempts, FaultReport.Crash crash, CheckedLog check) {
    return FaultReport.of(new FaultReport.Failures(attempts, 0.5, 7, 1), crash, check);
  }

  private static List<String> missed(FaultReport report) {
    return report.claims().stream().filter(claim -> !claim.kept()).map(Claim::measured).toList();
  }
}
