package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final long AT = 1_000_000;

  private final Recovery recovery = new Recovery(AT, Set.of("worker-1"), Set.of(3, 4), 10, false);

  @Test
  void timesAreThoseOfTheFirstAndOfTheLastPartition() {
    recovery.ended(3, 0, "worker-2", AT + 500, 100);
    recovery.ended(3, 0, "worker-2", AT + 600, 100);
    assertThat(recovery.allMillis()).isNull();
    recovery.ended(4, 0, "worker-3", AT + 900, 50);

    assertThat(recovery.firstMillis()).isEqualTo(500);
    assertThat(recovery.allMillis()).isEqualTo(900);
    assertThat(recovery.drainedMillis()).isNull();
  }

  @Test
  void itIsDrainedWhenNoMoreWaitThanUsualOnceAllGoOn() {
    recovery.ended(3, 0, "worker-2", AT + 500, 5);
    recovery.ended(4, 0, "worker-2", AT + 900, 11);
    recovery.ended(4, 0, "worker-2", AT + 1_200, 10);
    recovery.ended(4, 0, "worker-2", AT + 1_300, 9);

    assertThat(recovery.drainedMillis()).isEqualTo(1_200);
  }

  @Test
  void whatTheVictimSentBeforeIsNoProgress() {
    recovery.ended(3, 0, "worker-1", AT + 100, 5);
    recovery.ended(4, 0, "worker-2", AT, 5);

    assertThat(recovery.firstMillis()).isNull();
  }

  @Test
  void whatTheVictimHadReadBeforeIsNoProgressForLonger() {
    recovery.ordered(3, 70, AT + 50);
    recovery.ended(3, 69, "worker-1", AT + 1_900, 5);
    recovery.ended(3, 70, "worker-1", AT + 150, 5);
    assertThat(recovery.firstMillis()).isNull();

    recovery.ended(3, 70, "worker-1", AT + 600, 5);
    assertThat(recovery.firstMillis()).isEqualTo(600);
  }

  @Test
  void aVictimThatIsBackMakesProgress() {
    recovery.ended(3, 0, "worker-1", AT + 4_000, 5);

    assertThat(recovery.firstMillis()).isEqualTo(4_000);
  }

  @Test
  void otherPartitionsDoNotCount() {
    recovery.ended(9, 0, "worker-2", AT + 500, 5);

    assertThat(recovery.firstMillis()).isNull();
  }

  @Test
  void ofFaultsOfBrokersOnlyOrdersThatCameAfterThemCount() {
    Recovery ofBrokers = new Recovery(AT, Set.of(), Set.of(3), 10, true);
    ofBrokers.ordered(3, 70, AT);
    ofBrokers.ended(3, 70, "worker-2", AT + 100, 5);
    assertThat(ofBrokers.allMillis()).isNull();
    ofBrokers.ordered(3, 71, AT + 2_000);
    ofBrokers.ordered(3, 72, AT + 2_001);
    ofBrokers.ended(3, 70, "worker-2", AT + 2_100, 5);
    assertThat(ofBrokers.allMillis()).isNull();
    ofBrokers.ended(3, 71, "worker-2", AT + 2_200, 5);

    assertThat(ofBrokers.allMillis()).isEqualTo(2_200);
    assertThat(ofBrokers.isOver()).isTrue();
  }
}
