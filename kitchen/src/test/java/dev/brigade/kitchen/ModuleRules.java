package dev.brigade.kitchen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Who may know whom, as ArchitectureTest holds the code to it.
 *
 * @param base the package that has one package per module
 */
record ModuleRules(String base) {
  /** The module and what would tie it to another end of the topics. */
  ArchRule meetsOthersOnlyThroughTopics(String module) {
    return noClasses()
        .that()
        .resideInAPackage(in(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of("producer", "worker", "monitor", "audit", "cluster", "kitchen")
                .filter(other -> !other.equals(module))
                .map(this::in)
                .toArray(String[]::new))
        .because("producer, worker and monitor meet only through topics");
  }

  ArchRule ordersStandsAlone() {
    return classes()
        .that()
        .resideInAPackage(in("orders"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            in("orders"),
            "java..",
            "sun.misc",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "com.fasterxml.jackson..",
            "picocli",
            "org.slf4j",
            "org.jspecify.annotations")
        .because("whoever reads or writes a kitchen's topics needs no more than the contract");
  }

  /** It proves what a kitchen did by what the topics hold, not by what the code means to do. */
  ArchRule auditKnowsTheContractAlone() {
    return classes()
        .that()
        .resideInAPackage(in("audit"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            in("audit"),
            in("orders"),
            "java..",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "com.fasterxml.jackson..",
            "org.HdrHistogram",
            "org.jspecify.annotations")
        .because("who checks the work must not share the mistakes of those who do it");
  }

  /** Recipes' authors have it in their tests, whatever their test framework is. */
  ArchRule recipeKitNeedsNoBrokerAndNoTestFramework() {
    return classes()
        .that()
        .resideInAPackage(in("recipekit"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            in("recipekit"),
            in("orders"),
            in("worker"),
            "java..",
            "org.apache.kafka.clients..",
            "org.apache.kafka.common..",
            "com.fasterxml.jackson..",
            "org.jspecify.annotations")
        .because("a recipe's test needs no broker and brings its own test framework");
  }

  ArchRule onlyTestsKnowTheRecipeKit() {
    return noClasses()
        .that()
        .resideInAPackage(base + "..")
        .and()
        .resideOutsideOfPackage(in("recipekit"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("recipekit"))
        .because("it is for tests");
  }

  ArchRule onlyClusterKnowsTheKafkaServer() {
    return noClasses()
        .that()
        .resideInAPackage(base + "..")
        .and()
        .resideOutsideOfPackage(in("cluster"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "kafka..",
            "org.apache.kafka.controller..",
            "org.apache.kafka.coordinator..",
            "org.apache.kafka.image..",
            "org.apache.kafka.metadata..",
            "org.apache.kafka.raft..",
            "org.apache.kafka.server..",
            "org.apache.kafka.storage..")
        .because("the container image leaves the Kafka server out");
  }

  /** Worker and Sending wire, Clients creates; the others run on the poll thread. */
  ArchRule onlyThePollThreadTouchesTheConsumer() {
    return noClasses()
        .that()
        .resideInAPackage(in("worker"))
        .and()
        .haveNameNotMatching(
            ".*\\.(Worker|Sending|Clients|PollLoop|Membership|Flow|Opening|Positions|LastCommit"
                + "|PlainCommits|TransactionalCommits)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.apache\\.kafka\\.clients\\.consumer\\.(Kafka)?Consumer")
        .because("one poll thread owns the consumer, which is not thread-safe");
  }

  private String in(String module) {
    return base + "." + module + "..";
  }
}
