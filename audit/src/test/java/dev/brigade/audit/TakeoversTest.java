package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.Activity;
import dev.brigade.orders.Activity.Type;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeoversTest {
  private static final Instant NOON = Instant.ofEpochSecond(1_800_000_000);

  private static Activity told(String worker, Type type, int second, int partition) {
    return new Activity(
        worker,
        "host",
        1,
        at(second),
        type,
        List.of(Activity.Partition.named(partition)),
        null,
        null,
        null);
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  @Test
  void theLastOneBeforeCounts() {
    Takeovers takeovers =
        new Takeovers(
            List.of(
                told("w1", Type.ASSIGNED, 1, 0),
                told("w1", Type.REVOKED, 2, 0),
                told("w1", Type.ASSIGNED, 5, 0),
                told("w2", Type.ASSIGNED, 6, 0),
                told("w1", Type.ASSIGNED, 7, 1)));

    assertThat(takeovers.heldSince(0, "w1", at(4))).isEqualTo(at(1));
    assertThat(takeovers.heldSince(0, "w1", at(9))).isEqualTo(at(5));
    assertThat(takeovers.heldSince(1, "w1", at(9))).isEqualTo(at(7));
    assertThat(takeovers.heldSince(0, "w2", at(9))).isEqualTo(at(6));
  }

  @Test
  void whoNeverToldIsNotKnown() {
    Takeovers takeovers = new Takeovers(List.of(told("w1", Type.ASSIGNED, 5, 0)));

    assertThat(takeovers.heldSince(0, "w1", at(4))).isNull();
    assertThat(takeovers.heldSince(1, "w1", at(9))).isNull();
    assertThat(takeovers.heldSince(0, "w2", at(9))).isNull();
  }

  @Test
  void whoLostItMayHaveHeldItLongBeforeItTold() {
    Takeovers takeovers =
        new Takeovers(
            List.of(
                told("w1", Type.ASSIGNED, 1, 0),
                told("w1", Type.LOST, 5, 0),
                told("w1", Type.ASSIGNED, 8, 0)));

    assertThat(takeovers.heldSince(0, "w1", at(4))).isNull();
    assertThat(takeovers.heldSince(0, "w1", at(6))).isNull();
    assertThat(takeovers.heldSince(0, "w1", at(9))).isEqualTo(at(8));
  }
}
