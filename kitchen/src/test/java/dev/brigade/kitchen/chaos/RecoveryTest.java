package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final long AT = 1_000_000;

  private final Recovery recovery = new Recovery(AT, Set.of("worker-1"), Set.of(3, 4), 10, false);

  @Test
  void timesAreThoseOfTheFirstAndOfTheLastPartition() {
    recovery.ended(3, 0, "worker-2", AT + 500);
    recovery.ended(3, 0, "worker-2", AT + 600);
    assertThat(recovery.allMillis()).isNull();
    recovery.ended(4, 0, "worker-3", AT + 900);

    assertThat(recovery.firstMillis()).isEqualTo(500);
    assertThat(recovery.allMillis()).isEqualTo(900);
  }

  @Test
  void ofAPartitionTheEarliestEndCountsWheneverItIsRead() {
    recovery.ended(3, 0, "worker-2", AT + 900);
    recovery.ended(4, 0, "worker-2", AT + 800);
    recovery.ended(3, 0, "worker-2", AT + 400);

    assertThat(recovery.firstMillis()).isEqualTo(400);
    assertThat(recovery.allMillis()).isEqualTo(800);
  }

  @Test
  void whatTheVictimSentBeforeIsNoProgress() {
    recovery.ended(3, 0, "worker-1", AT + 100);
    recovery.ended(4, 0, "worker-2", AT);

    assertThat(recovery.firstMillis()).isNull();
  }

  @Test
  void whatTheVictimHadReadBeforeIsNoProgressForLonger() {
    recovery.ordered(3, 70, AT + 50);
    recovery.ended(3, 69, "worker-1", AT + 1_900);
    recovery.ended(3, 70, "worker-1", AT + 150);
    assertThat(recovery.firstMillis()).isNull();

    recovery.ended(3, 70, "worker-1", AT + 600);
    assertThat(recovery.firstMillis()).isEqualTo(600);
  }

  @Test
  void aVictimThatIsBackMakesProgress() {
    recovery.ended(3, 0, "worker-1", AT + 4_000);

    assertThat(recovery.firstMillis()).isEqualTo(4_000);
  }

  @Test
  void otherPartitionsDoNotCount() {
    recovery.ended(9, 0, "worker-2", AT + 500);

    assertThat(recovery.firstMillis()).isNull();
  }

  @Test
  void ofFaultsOfBrokersOnlyOrdersThatCameAfterThemCount() {
    Recovery ofBrokers = new Recovery(AT, Set.of(), Set.of(3), 10, true);
    ofBrokers.ordered(3, 70, AT);
    ofBrokers.ended(3, 70, "worker-2", AT + 100);
    assertThat(ofBrokers.allMillis()).isNull();
    ofBrokers.ordered(3, 71, AT + 2_000);
    ofBrokers.ordered(3, 72, AT + 2_001);
    ofBrokers.ended(3, 70, "worker-2", AT + 2_100);
    assertThat(ofBrokers.allMillis()).isNull();
    ofBrokers.ended(3, 71, "worker-2", AT + 2_200);

    assertThat(ofBrokers.allMillis()).isEqualTo(2_200);
  }

  @Test
  void anEndThatIsReadBeforeItsOrderIsJudgedByIt() {
    Recovery ofBrokers = new Recovery(AT, Set.of(), Set.of(3), 10, true);
    ofBrokers.ended(3, 70, "worker-2", AT + 100);
    ofBrokers.ended(3, 71, "worker-2", AT + 2_200);
    ofBrokers.ended(3, 72, "worker-2", AT + 2_300);
    assertThat(ofBrokers.allMillis()).isNull();
    ofBrokers.ordered(3, 70, AT);
    assertThat(ofBrokers.allMillis()).isNull();

    ofBrokers.ordered(3, 71, AT + 2_000);
    assertThat(ofBrokers.allMillis()).isEqualTo(2_200);
  }

  @Test
  void nothingMoreIsToldOnceTheSlowestPartitionMustHaveBeenRead() {
    recovery.ended(3, 0, "worker-2", AT + 500);
    recovery.ended(4, 0, "worker-2", AT + 900);
    recovery.ended(4, 0, "worker-2", AT + 60_900);
    assertThat(recovery.isOver()).isFalse();
    recovery.ended(4, 0, "worker-2", AT + 60_901);

    assertThat(recovery.isOver()).isTrue();
  }
}
