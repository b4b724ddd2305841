package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Activity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KitchenViewTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final KitchenView view = new KitchenView(List.of(100L, 0L, 0L, 0L));

  @Test
  void partitionsAreSharedWhenEveryWorkerHasItsShare() {
    // Given
    view.starting("worker-1");
    view.starting("worker-2");

    // When
    assigned("worker-1", 0, 1, 2, 3);
    assertThat(view.isShared()).isFalse();
    revoked("worker-1", 2, 3);
    assertThat(view.isShared()).isFalse();
    assigned("worker-2", 2, 3);

    // Then
    assertThat(view.isShared()).isTrue();
    assertThat(view.holder(1)).isEqualTo("worker-1");
    assertThat(view.holder(2)).isEqualTo("worker-2");
    assertThat(view.worker("worker-2").state).isEqualTo(WorkerView.State.COOKING);
  }

  @Test
  void aReportPutsRightWhatWasMissed() {
    // Given
    assigned("worker-1", 0, 1, 2, 3);

    // When
    report("worker-1", 1, 2);
    report("worker-2", 3);

    // Then
    assertThat(view.holder(0)).isNull();
    assertThat(view.holder(1)).isEqualTo("worker-1");
    assertThat(view.holder(3)).isEqualTo("worker-2");
    assertThat(view.worker("worker-1").partitions).containsExactly(1, 2);
    assertThat(view.worker("worker-1").inFlight).isEqualTo(10);
    assertThat(view.worker("worker-2").inFlight).isEqualTo(5);
  }

  @Test
  void aKilledWorkersPartitionsStayItsOwnUntilSomebodyElseHasThem() {
    // Given
    assigned("worker-1", 0, 1);
    assigned("worker-2", 2, 3);
    Takeover takeover = view.killed("worker-2", NOON);
    assertThat(takeover.partitions()).containsExactly(2, 3);
    assertThat(view.holder(2)).isEqualTo("worker-2");
    assertThat(view.isShared()).isFalse();

    // When
    report("worker-2", 2, 3);
    assigned("worker-1", 2, 3);
    view.meal("worker-1", 3, 0, NOON.plusSeconds(6));

    // Then
    assertThat(view.worker("worker-2").state).isEqualTo(WorkerView.State.KILLED);
    assertThat(view.worker("worker-2").partitions).isEmpty();
    assertThat(view.isShared()).isTrue();
    assertThat(takeover.isComplete()).isTrue();
  }

  @Test
  void anOrderWaitsFromWhenItIsPlacedToItsFirstEnd() {
    // Given
    view.ordersUpTo(0, 103);
    view.ordersUpTo(1, 1);
    assertThat(view.orders()).isEqualTo(4);

    // When
    view.meal("worker-1", 0, 100, NOON);
    view.meal("worker-2", 0, 100, NOON);
    view.deadLetter(0, 101);
    view.meal("worker-1", 0, 99, NOON);

    // Then
    assertThat(view.waiting(0)).isEqualTo(1);
    assertThat(view.waiting(1)).isEqualTo(1);
    assertThat(view.waiting()).isEqualTo(2);
    assertThat(view.ended()).isEqualTo(2);
    assertThat(view.deadLetters()).isEqualTo(1);
    assertThat(view.worker("worker-1").cooked).isEqualTo(2);
  }

  @Test
  void aStoppedWorkerHoldsNothing() {
    // Given
    assigned("worker-1", 0, 1, 2, 3);
    tell("worker-1", Activity.Type.DRAINING, null);
    assertThat(view.worker("worker-1").state).isEqualTo(WorkerView.State.DRAINING);

    // When
    tell("worker-1", Activity.Type.STOPPED, null);

    // Then
    assertThat(view.worker("worker-1").state).isEqualTo(WorkerView.State.STOPPED);
    assertThat(view.holder(0)).isNull();
    assertThat(view.isShared()).isFalse();
  }

  private void assigned(String worker, Integer... partitions) {
    tell(worker, Activity.Type.ASSIGNED, named(partitions));
  }

  private void revoked(String worker, Integer... partitions) {
    tell(worker, Activity.Type.REVOKED, named(partitions));
  }

  /** Five orders in flight on each. */
  private void report(String worker, Integer... partitions) {
    tell(
        worker,
        Activity.Type.REPORT,
        Arrays.stream(partitions)
            .map(partition -> new Activity.Partition(partition, 10L, 5L, 5, false))
            .toList());
  }

  private static List<Activity.Partition> named(Integer... partitions) {
    return Arrays.stream(partitions).map(Activity.Partition::named).toList();
  }

  private void tell(
      String worker, Activity.Type type, @Nullable List<Activity.Partition> partitions) {
    Activity.Counts counts =
        type == Activity.Type.REPORT ? new Activity.Counts(4, 3, 10, 0, 0) : null;
    view.activity(new Activity(worker, "host", 1, NOON, type, partitions, null, counts, null));
  }
}
