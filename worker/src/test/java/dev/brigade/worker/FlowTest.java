package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final int POLLED = 500;
  private static final int MAX_IN_FLIGHT = 10_000;

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
  private final Assignment stuck = new Assignment(new TopicPartition("orders", 0));
  private final Assignment other = new Assignment(new TopicPartition("orders", 1));
  private final List<Assignment> both = List.of(stuck, other);
  private final MetadataCapacity capacity = new MetadataCapacity();
  private long nanos;
  private boolean breakersAreOpen;
  private final Flow flow =
      new Flow(consumer, MAX_IN_FLIGHT, 1 << 20, capacity, () -> breakersAreOpen, () -> nanos);

  @BeforeEach
  void assign() {
    consumer.assign(List.of(stuck.partition(), other.partition()));
    both.forEach(Trackers::open);
  }

  @Test
  void aPartitionThatUsedUpItsShareIsPausedUntilHalfOfItIsFree() {
    stuck.inFlight = MAX_IN_FLIGHT / 2;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
    assertThat(flow.anyPaused()).isTrue();
    stuck.inFlight = MAX_IN_FLIGHT / 4;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
    stuck.inFlight = MAX_IN_FLIGHT / 4 - 1;
    stuck.inFlightBytes = 1 << 19;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
    stuck.inFlightBytes = (1 << 18) - 1;
    flow.adjust(both);
    assertThat(consumer.paused()).isEmpty();
    assertThat(flow.anyPaused()).isFalse();
  }

  @Test
  void nothingIsReadWhileNoRecipeCooks() {
    breakersAreOpen = true;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactlyInAnyOrder(stuck.partition(), other.partition());
    breakersAreOpen = false;
    flow.adjust(both);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void nothingIsReadOfWhatIsBlockedNotOpenOrNotForetold() {
    other.blocked = true;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(other.partition());
    other.blocked = false;
    stuck.isOpen = false;
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
    stuck.isOpen = true;
    other.tracker.register(99);
    other.committedHolding = new Holding(false, 0, 99);
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(other.partition());
    other.committedHolding = new Holding(false, 0, 100);
    flow.adjust(both);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void aMillionOrdersMayBeDoneBehindOneThatIsStuck() {
    for (int read = 0; read < 1_000_000; read += POLLED) {
      poll(0);
      completeAllBut(1_000_000);
      flow.adjust(both);
      assertThat(consumer.paused()).as("after %s", read).isEmpty();
    }
    assertThat(DoneSet.decode(0, encoded(stuck)).cardinality()).isEqualTo(999_999);
    // Then the window, which is memory, has its own limit
    for (int read = 0; read < 50_000; read += POLLED) {
      poll(0);
      completeAllBut(1 << 30);
    }
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
  }

  @Test
  void withEverySecondOrderStuckIntakeIsSlowedAndStopsWhileAllIsStillRemembered() {
    int turns = 0;
    int heldBack = 0;
    List<Integer> heldBackPerThousandTurns = new ArrayList<>();
    // When time goes on in odd steps and each turn reads if it may
    while (turns < 40_000) {
      if (consumer.paused().isEmpty()) {
        poll(0, 50);
        completeAllBut(2);
      } else {
        heldBack++;
      }
      nanos += 1_234_567;
      flow.adjust(both);
      assertThat(consumer.paused()).as("the others flow").doesNotContain(other.partition());
      assertThat(DoneSet.charsAtMost(stuck.tracker)).isLessThanOrEqualTo(capacity.chars());
      if (++turns % 1_000 == 0) {
        heldBackPerThousandTurns.add(heldBack);
        heldBack = 0;
      }
    }
    // Then it goes at full speed at first, ever slower then, and stops
    assertThat(heldBackPerThousandTurns).isSorted();
    assertThat(heldBackPerThousandTurns.get(0)).isLessThan(700);
    assertThat(heldBackPerThousandTurns.get(39)).isEqualTo(1_000);
    assertThat(stuck.tracker.window()).isBetween(50_000L, 61_305L);
    BitSet remembered = DoneSet.decode(0, encoded(stuck));
    assertThat(remembered).isEqualTo(Trackers.doneOf(stuck.tracker));
    // And goes on when the stuck ones end
    completeAllBut(1 << 30);
    stuck.tracker.complete(0);
    flow.adjust(both);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void ordersThatAreStillOpenCountAsIfTheyEndedInTheWorstOrder() {
    // When nothing has ended yet
    while (consumer.paused().isEmpty()) {
      poll(0);
      flow.adjust(both);
    }
    // Then as much was read as may be told whatever becomes of it
    assertThat(stuck.tracker.window()).isBetween(45_000L, 61_000L);
    completeAllBut(2);
    assertThat(DoneSet.decode(0, encoded(stuck))).isEqualTo(Trackers.doneOf(stuck.tracker));
  }

  @Test
  void whatIsRememberedHoldsNothingBackBeforeItWasPassed() {
    BitSet remembered = new BitSet();
    for (int i = 1; i < 61_000; i += 2) {
      remembered.set(i);
    }
    stuck.tracker.begin(0, remembered);
    flow.adjust(both);
    assertThat(consumer.paused()).as("nothing is open").isEmpty();
    poll(0);
    flow.adjust(both);
    assertThat(consumer.paused()).as("what is read fills gaps").isEmpty();
    while (stuck.tracker.end() < 61_000) {
      poll(0);
    }
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
  }

  @Test
  void whereBrokersTakeNoMetadataNothingIsSlowedForItsSake() {
    capacity.refused(4_096);
    assertThat(capacity.chars()).isEqualTo(1_365);
    while (stuck.tracker.end() < 30_000) {
      poll(0);
      completeAllBut(2);
    }
    flow.adjust(both);
    assertThat(consumer.paused()).containsExactly(stuck.partition());
    capacity.refused(1_365);
    flow.adjust(both);
    assertThat(consumer.paused()).isEmpty();
  }

  private void poll(long first) {
    poll(first, POLLED);
  }

  private void poll(long first, int orders) {
    long next = Math.max(first, stuck.tracker.end());
    for (long offset = next; offset < next + orders; offset++) {
      stuck.tracker.register(offset);
    }
  }

  /** Of the orders that are open, all but the first and each that this number divides. */
  private void completeAllBut(int step) {
    OffsetTracker tracker = stuck.tracker;
    long offset = nextOpen(tracker, tracker.watermark() + 1);
    while (offset < tracker.end()) {
      if (offset % step != 0) {
        tracker.complete(offset);
      }
      offset = nextOpen(tracker, offset + 1);
    }
  }

  private static long nextOpen(OffsetTracker tracker, long from) {
    return tracker.done().nextClear(from, Math.max(from, tracker.watermark() + tracker.reach()));
  }

  private String encoded(Assignment assignment) {
    return DoneSet.encode(assignment.tracker, capacity.chars());
  }
}
