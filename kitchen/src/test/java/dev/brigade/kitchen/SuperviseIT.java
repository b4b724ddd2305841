package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.cluster.WithKafka;
import dev.brigade.orders.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Supervisor and workers as processes, with real signals. Their sessions outlast the tests. */
@WithKafka
@Timeout(100)
class SuperviseIT {
  private static final String FIRST = SupervisedKitchen.worker(1);
  private static final String SECOND = SupervisedKitchen.worker(2);

  private SupervisedKitchen kitchen;

  @BeforeEach
  void open(KafkaCluster cluster, TestInfo test, @TempDir Path directory) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    kitchen = new SupervisedKitchen(cluster, name, directory);
  }

  @AfterEach
  void close() throws Exception {
    kitchen.close();
  }

  @Test
  void aKilledWorkerIsEvictedAndReplaced() throws Exception {
    // Given
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=simulate:5ms");
    kitchen.awaitShared(2);
    kitchen.place(200);
    kitchen.awaitAllEnded();
    Set<Integer> moved = Objects.requireNonNull(kitchen.holdings().get(FIRST));

    // When
    Instant death = Instant.now();
    kitchen.kill(FIRST);
    kitchen.place(200);
    kitchen.awaitAllEnded();

    // Then the other one has cooked at once what was placed for the dead one
    SupervisedKitchen.Served next =
        kitchen.meals().stream()
            .filter(served -> served.at().isAfter(death))
            .filter(served -> moved.contains(served.meal().partition()))
            .min(Comparator.comparing(SupervisedKitchen.Served::at))
            .orElseThrow();
    System.err.printf(
        "takeover after SIGKILL, supervised: %d ms%n",
        Duration.between(death, next.at()).toMillis());
    assertThat(next.meal().worker()).isEqualTo(SECOND);
    assertThat(kitchen.log()).contains(FIRST + " was killed by signal 9", "evicted " + FIRST);

    // And a successor under the same id has its share again, and nothing is lost
    kitchen.awaitShared(2);
    assertThat(kitchen.holdings()).containsOnlyKeys(FIRST, SECOND);
    assertThat(kitchen.starts(FIRST)).isEqualTo(2);
    LogFindings findings = kitchen.check();
    assertThat(findings.orders()).isEqualTo(400);
    assertThat(findings.cooked()).isEqualTo(400);
    assertThat(findings.endsAreSound()).isTrue();
  }

  @Test
  void aKilledWorkersTransactionIsEndedBeforeItIsEvicted() throws Exception {
    // Given a worker that is killed with ends that are not committed
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=simulate:5ms", "--delivery", "exactly-once");
    kitchen.awaitShared(2);
    kitchen.place(2_000);
    kitchen.await("meals of both", () -> workers(kitchen.meals()).size() == 2);

    // When
    kitchen.kill(FIRST);
    kitchen.awaitAllEnded();

    // Then nobody waited for the transaction's timeout, and each order has one end
    kitchen.awaitLog("fenced " + FIRST + " within \\d+ ms");
    kitchen.awaitLog("evicted " + FIRST + " within \\d+ ms");
    LogFindings findings = kitchen.check();
    assertThat(findings.cooked()).isEqualTo(2_000);
    assertThat(findings.endsAreSound()).isTrue();
    assertThat(kitchen.meals()).hasSize(2_000);
  }

  private static Set<String> workers(List<SupervisedKitchen.Served> meals) {
    return meals.stream().map(served -> served.meal().worker()).collect(Collectors.toSet());
  }

  @Test
  void theOnlyWorkersSuccessorGetsItsPartitionsWithoutEviction() throws Exception {
    // Given
    kitchen.init();
    kitchen.supervise(1, "--recipe", "*=simulate:5ms");
    kitchen.awaitShared(1);

    // When
    kitchen.kill(FIRST);
    kitchen.place(20);

    // Then
    kitchen.awaitAllEnded();
    assertThat(kitchen.check().cooked()).isEqualTo(20);
    assertThat(kitchen.log()).contains(FIRST + " has the group to itself");
  }

  @Test
  void aDeadWorkersCommandIsDeadBeforeItsOrderIsCookedAgain(@TempDir Path directory)
      throws Exception {
    // Given an order whose first try never ends, and whose second one looks for the first
    Path pid = directory.resolve("pid");
    String command =
        ("if [ -e PID ]; then grep -qs '^State:.[^ZX]' /proc/$(cat PID)/status && echo alive || echo dead;"
                + " else echo $$ >PID.new; mv PID.new PID; exec sleep 600; fi")
            .replace("PID", pid.toString());
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=exec:" + command, "--cook-timeout", "15m");
    kitchen.awaitShared(2);
    kitchen.place(1); // for partition 0
    kitchen.await("the command runs", () -> pid.toFile().exists());
    String holder =
        Objects.requireNonNull(kitchen.holdings().get(FIRST)).contains(0) ? FIRST : SECOND;

    // When
    kitchen.kill(holder);

    // Then
    kitchen.awaitAllEnded();
    assertThat(kitchen.meals())
        .singleElement()
        .satisfies(
            served -> {
              assertThat(served.meal().result().asText()).isEqualTo("dead");
              assertThat(served.meal().worker()).isNotEqualTo(holder);
            });
  }

  @Test
  void whoDiesAtOnceIsStartedAgainAfterGrowingPausesUntilItLives() throws Exception {
    // Given no topics, without which no worker starts
    kitchen.supervise(1, "--recipe", "*=simulate:5ms");
    kitchen.awaitLog("(?s)(starting " + FIRST + " again in .*){3}");

    // When
    kitchen.init();

    // Then
    kitchen.place(8);
    kitchen.awaitAllEnded();
    List<Integer> pauses =
        kitchen.find("starting " + FIRST + " again in (\\d+) ms").stream()
            .map(found -> Integer.parseInt(found.group(1)))
            .toList();
    assertThat(pauses.get(0)).isBetween(250, 500);
    assertThat(pauses.get(1)).isBetween(500, 1_000);
    assertThat(pauses.get(2)).isBetween(1_000, 2_000);
    assertThat(kitchen.log()).contains(FIRST + " ended with exit code 1: brigade worker: ");
  }

  @Test
  void whatAllWorkersRefuseEndsTheSupervisor() throws Exception {
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=simulate:5ms", "--chefs", "0");

    assertThat(kitchen.awaitEnd()).isEqualTo(ExitCode.USAGE);

    assertThat(kitchen.log().lines().reduce("", (before, line) -> line))
        .matches(
            "brigade supervise: cook-[12] ended with exit code 2: brigade worker: --chefs must be .*");
    assertThat(kitchen.starts(FIRST) + kitchen.starts(SECOND)).isLessThanOrEqualTo(2);
  }

  @Test
  void toldToStopItLetsAllWorkersFinish() throws Exception {
    // Given two workers at work
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=simulate:700ms", "--chefs", "8");
    kitchen.awaitShared(2);
    kitchen.place(400);
    kitchen.await("meals", () -> !kitchen.meals().isEmpty());

    // When
    kitchen.terminate();

    // Then they have committed all they cooked, and left
    assertThat(kitchen.awaitEnd()).as(kitchen.log()).isEqualTo(ExitCode.TERMINATED);
    kitchen.awaitNoWorkers();
    assertThat(kitchen.holdings()).isEmpty();
    LogFindings findings = kitchen.check();
    assertThat(findings.open()).isPositive();
    assertThat(findings.cookedTwice()).isZero();
    assertThat(kitchen.find("cook-[12] \\| .* drained")).hasSize(2);
  }

  @Test
  void aSecondSignalEndsAllAtOnce() throws Exception {
    // Given workers that drain for ten minutes
    kitchen.init();
    kitchen.supervise(
        2, "--recipe", "*=simulate:10m", "--drain-timeout", "15m", "--cook-timeout", "15m");
    kitchen.awaitShared(2);
    kitchen.place(8);
    kitchen.terminate();
    kitchen.awaitLog("the workers finish what they cook");

    // When
    kitchen.terminate();

    // Then
    assertThat(kitchen.awaitEnd()).isEqualTo(ExitCode.FAILED);
    kitchen.awaitNoWorkers();
  }

  @Test
  void workersFinishAndEndWhenTheirSupervisorIsKilled() throws Exception {
    // Given
    kitchen.init();
    kitchen.supervise(2, "--recipe", "*=simulate:300ms");
    kitchen.awaitShared(2);
    kitchen.place(100);
    kitchen.await("meals", () -> !kitchen.meals().isEmpty());

    // When
    kitchen.killSupervisor();

    // Then they have left the group, as only those do that drain
    kitchen.awaitNoWorkers();
    assertThat(kitchen.holdings()).isEmpty();
    assertThat(kitchen.check().cookedTwice()).isZero();
  }
}
