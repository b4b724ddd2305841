package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.brigade.recipekit.RecipeKit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String BASE = "dev.brigade";
  private static final String PLANTED = "dev.brigade.kitchen.planted";
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHolds(ArchRule rule) {
    rule.check(OURS);
  }

  static Stream<ArchRule> rules() {
    return rulesOf(BASE);
  }

  @ParameterizedTest
  @MethodSource("plantedRules")
  void everyRuleCatchesItsPlantedViolation(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(VIOLATIONS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(PLANTED);
  }

  static Stream<ArchRule> plantedRules() {
    return rulesOf(PLANTED);
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(OURS.stream().map(type -> type.getPackageName()).distinct())
        .containsExactlyInAnyOrder(
            BASE + ".orders",
            BASE + ".cluster",
            BASE + ".cluster.net",
            BASE + ".producer",
            BASE + ".worker",
            RecipeKit.class.getPackageName(),
            BASE + ".monitor",
            BASE + ".audit",
            BASE + ".kitchen",
            BASE + ".kitchen.chaos",
            BASE + ".kitchen.chaos.tools");
  }

  private static Stream<ArchRule> rulesOf(String base) {
    ModuleRules rules = new ModuleRules(base);
    return Stream.of(
        rules.meetsOthersOnlyThroughTopics("producer"),
        rules.meetsOthersOnlyThroughTopics("worker"),
        rules.meetsOthersOnlyThroughTopics("monitor"),
        rules.ordersStandsAlone(),
        rules.auditKnowsTheContractAlone(),
        rules.recipeKitNeedsNoBrokerAndNoTestFramework(),
        rules.onlyTestsKnowTheRecipeKit(),
        rules.onlyClusterKnowsTheKafkaServer(),
        rules.onlyThePollThreadTouchesTheConsumer());
  }
}
