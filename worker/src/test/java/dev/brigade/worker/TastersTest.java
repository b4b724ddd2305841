package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that cook what may kill them: real ones, with real deaths. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TastersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Set<ProcessHandle> processesBefore = children();
  private long nanos;
  private final Tasters tasters =
      new Tasters(kit(PoisonRecipe.class), Duration.ofSeconds(60), () -> nanos);
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 3));
  private long offset;

  @AfterEach
  void close() {
    tasters.close();
  }

  @Test
  void onlySuspectsAreForThem() {
    OpenOrder order = order("healthy", 1);
    assertThat(tasters.isFor(order)).isFalse();
    assignment.suspectsBefore = 1;
    assertThat(tasters.isFor(order)).isFalse();
    assignment.tasted = true;
    assertThat(tasters.isFor(order)).isTrue();
    assertThat(tasters.isFor(order("healthy", 1))).as("the next offset").isFalse();
    assertThat(new Tasters(null).isFor(order)).as("without a kit").isFalse();
  }

  @Test
  void whatIsHealthyIsCookedAsInTheWorker() throws Exception {
    assertThat(cook(order("healthy", 1))).isEqualTo(CookResult.cooked());
    assertThat(cook(order("fails", 0)))
        .isEqualTo(CookResult.retry("IllegalStateException: as it always does"));
  }

  @Test
  void whoIsInATasterThatDiesIsAccusedAndOnlyWhoDiesAloneIsProven() throws Exception {
    // Given a healthy one that is being cooked when a poison comes
    OpenOrder healthy = order("healthy", 30_000);
    CompletableFuture<Void> cooking =
        CompletableFuture.runAsync(
            () -> {
              try {
                cook(healthy);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    OpenOrder poison = order("exit", 0);
    assertThatThrownBy(() -> cook(poison)).isInstanceOf(TasterDied.class);
    assertThatThrownBy(cooking::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(TasterDied.class);

    // Then both are accused, none is proven, and they are cooked one at a time
    assertThat(List.of(healthy, poison)).allMatch(order -> order.isAccused);
    assertThat(List.of(healthy, poison)).noneMatch(Tasters::isProven);
    assertThat(tasters.admit(poison)).isZero();
    assertThat(tasters.admit(healthy)).isPositive();
    assertThatThrownBy(() -> cook(poison)).isInstanceOf(TasterDied.class);
    assertThat(Tasters.isProven(poison)).isTrue();
    assertThat(tasters.admit(healthy)).isZero();
    assertThat(Tasters.isProven(healthy)).isFalse();
  }

  @Test
  void aSignalThatOthersMayHaveSentProvesNothingTheFirstTime() {
    OpenOrder order = order("kill", 0);
    order.isAccused = true;
    assertThatThrownBy(() -> cook(order)).isInstanceOf(TasterDied.class);
    assertThat(Tasters.isProven(order)).isFalse();
    assertThatThrownBy(() -> cook(order)).isInstanceOf(TasterDied.class);
    assertThat(Tasters.isProven(order)).isTrue();
  }

  @Test
  void anInterruptedTryIsInterruptedThere() throws Exception {
    OpenOrder slow = order("healthy", 600_000);
    Thread chef =
        new Thread(
            () -> {
              try {
                cook(slow);
              } catch (Exception e) {
                // As a chef's try that was interrupted
              }
            });
    chef.start();
    chef.interrupt();
    chef.join();
    // And the taster cooks on
    assertThat(cook(order("healthy", 1))).isEqualTo(CookResult.cooked());
    assertThat(slow.isAccused).isFalse();
  }

  @Test
  void whatCannotBeStartedSaysNothingAboutTheOrder() {
    Tasters none = new Tasters(new TasterFrames.Kit(List.of("*=class:no.such.Recipe"), null));
    OpenOrder order = order("healthy", 1);
    assertThatThrownBy(() -> none.cook(order, context(order))).isInstanceOf(NoTaster.class);
    assertThat(order.isAccused).isFalse();
  }

  @Test
  void aTasterThatDoesNotGetReadySaysNothingAboutTheOrderAndIsKilled() {
    Tasters never = new Tasters(kit(NeverReady.class), Duration.ofMillis(300), () -> nanos);
    OpenOrder order = order("healthy", 1);
    assertThatThrownBy(() -> never.cook(order, context(order))).isInstanceOf(NoTaster.class);
    assertThat(order.isAccused).isFalse();
    awaitNoTaster();
    // Nor if it is alone
    order.isAccused = true;
    assertThat(never.admit(order)).isZero();
    assertThatThrownBy(() -> never.cook(order, context(order))).isInstanceOf(NoTaster.class);
    assertThat(order.proofs).isZero();
    awaitNoTaster();
    OpenOrder next = order("healthy", 1);
    next.isAccused = true;
    assertThat(never.admit(next)).as("it is another one's turn").isZero();
  }

  @Test
  void aTasterThatNeverGetsReadyEndsWithItsWorker() throws Exception {
    // Given a worker whose taster is making its recipes
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .start();
    Set<ProcessHandle> taster = new HashSet<>();
    try (BufferedReader told = worker.errorReader()) {
      assertThat(told.lines().anyMatch(NeverReady.TOLD::equals)).isTrue();
      worker.toHandle().children().forEach(taster::add);
      assertThat(taster).hasSize(1);
      // When the worker is killed
      worker.destroyForcibly();
      // Then its taster ends, too
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> taster.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      worker.destroyForcibly();
      taster.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A process that waits for a taster that never gets ready. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws IOException {
      Taster.start(kit(NeverReady.class), Duration.ofHours(1)).close();
    }
  }

  @Test
  void whatNobodyNeedsForAWhileIsClosedAndStartedAnewWhenItIsNeeded() throws Exception {
    nanos = 5;
    cook(order("healthy", 1));
    Set<ProcessHandle> first = tasterProcesses();
    assertThat(first).hasSize(1);
    nanos += Tasters.KEPT_NANOS;
    tasters.closeIdle();
    cook(order("healthy", 1));
    assertThat(tasterProcesses()).as("not that long").isEqualTo(first);
    // The time counts from the last order
    nanos += Tasters.KEPT_NANOS;
    tasters.closeIdle();
    OpenOrder alone = order("healthy", 1);
    alone.isAccused = true;
    cook(alone);
    assertThat(tasterProcesses()).hasSize(2).containsAll(first);
    nanos += Tasters.KEPT_NANOS + 1;
    tasters.closeIdle();
    awaitNoTaster();
    assertThat(cook(order("healthy", 1))).isEqualTo(CookResult.cooked());
    assertThat(tasterProcesses()).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aTasterInWhichAnOrderIsCookedIsNotIdle() throws Exception {
    OpenOrder slow = order("healthy", 600_000);
    Thread chef =
        new Thread(
            () -> {
              try {
                cook(slow);
              } catch (Exception e) {
                // As a chef's try that was interrupted
              }
            });
    chef.start();
    Awaitility.await().atMost(PATIENCE).until(() -> !tasterProcesses().isEmpty());
    cook(order("healthy", 1));
    Set<ProcessHandle> all = tasterProcesses();
    nanos += 2 * Tasters.KEPT_NANOS;
    tasters.closeIdle();
    cook(order("healthy", 1));
    assertThat(tasterProcesses()).hasSize(1).isEqualTo(all);
    chef.interrupt();
    chef.join();
    assertThat(slow.isAccused).isFalse();
  }

  @Test
  void whatARecipeMakesComesThroughAsItIs() throws IOException {
    JsonNode deep = NullNode.getInstance();
    for (int depth = 0; depth < 200; depth++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    for (JsonNode result :
        List.of(
            NullNode.getInstance(),
            DecimalNode.valueOf(new BigDecimal("1.10")),
            TextNode.valueOf("\ud83c\udf73 \u0000"),
            TextNode.valueOf("x".repeat(2_000_000)),
            deep)) {
      assertThat(throughThePipe(CookResult.cooked(result))).isEqualTo(CookResult.cooked(result));
    }
    assertThat(throughThePipe(null)).isNull();
    assertThat(throughThePipe(CookResult.retry("why", Duration.ofNanos(7))))
        .isEqualTo(CookResult.retry("why", Duration.ofNanos(7)));
    assertThat(throughThePipe(CookResult.retry("why"))).isEqualTo(CookResult.retry("why"));
    assertThat(throughThePipe(CookResult.rejected("no"))).isEqualTo(CookResult.rejected("no"));
  }

  /** Its taster never gets ready. */
  public static final class NeverReady implements Recipe {
    static final String TOLD = "never ready";

    public NeverReady() throws InterruptedException {
      System.err.println(TOLD);
      new CountDownLatch(1).await();
    }

    @Override
    public CookResult cook(Order order, CookContext context) {
      return CookResult.cooked();
    }
  }

  private static TasterFrames.Kit kit(Class<? extends Recipe> recipe) {
    return new TasterFrames.Kit(List.of("*=class:" + recipe.getName()), null);
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private Set<ProcessHandle> tasterProcesses() {
    Set<ProcessHandle> started = children();
    started.removeAll(processesBefore);
    return started;
  }

  private void awaitNoTaster() {
    Awaitility.await().atMost(PATIENCE).until(() -> tasterProcesses().isEmpty());
  }

  private static @Nullable CookResult throughThePipe(@Nullable CookResult result)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TasterFrames.writeOutcome(new DataOutputStream(bytes), new TasterFrames.Outcome(9, result));
    TasterFrames.Outcome read =
        TasterFrames.readOutcome(
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read.number()).isEqualTo(9);
    return read.result();
  }

  private @Nullable CookResult cook(OpenOrder order)
      throws TasterDied, NoTaster, InterruptedException {
    return tasters.cook(order, context(order));
  }

  private static CookContext context(OpenOrder order) {
    return new CookContext("w", 0, 1, new CompletionId(3, order.record.offset()), Map.of("a", "b"));
  }

  private OpenOrder order(String dish, int cookMillis) {
    Order order =
        new Order(
            "o-" + offset, dish, Instant.EPOCH, null, null, null, IntNode.valueOf(cookMillis));
    return new OpenOrder(
        new ConsumerRecord<>("orders", 3, offset++, null, OrderCodec.encode(order)),
        assignment,
        Ordering.NONE);
  }
}
