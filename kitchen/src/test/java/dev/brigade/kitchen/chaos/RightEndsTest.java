package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RightEndsTest {
  private static final String WORKER = ChaosPlan.worker(1);
  private static final Duration YOUNG = RightEnds.STARTING.minusMillis(1);
  private static final Duration OLD = RightEnds.STARTING;

  private final Outages outages = new Outages();

  @Test
  void whoStartsWhileBrokersAreAwayMayNotReachThem() {
    RightEnds ends = new RightEnds(new ChaosPlan.Builder().build(), outages);
    assertThat(ends.accepts(WORKER, 3, YOUNG, false)).as("brokers are there").isFalse();
    outages.begin(Layer.BROKERS);
    assertThat(ends.accepts(WORKER, 3, YOUNG, false)).isTrue();
    assertThat(ends.accepts(WORKER, 3, OLD, false)).as("it has worked").isFalse();
    assertThat(ends.accepts(WORKER, 1, YOUNG, false)).as("not told to stop").isFalse();
    assertThat(ends.accepts(WORKER, 1, OLD, true)).isTrue();
  }

  @Test
  void anIdIsTakenOnlyWhereTheConsumerProtocolRemembersWhoWasKilled() {
    RightEnds classic = new RightEnds(new ChaosPlan.Builder().build(), outages);
    RightEnds consumer =
        new RightEnds(
            new ChaosPlan.Builder().groupProtocol(ChaosPlan.CONSUMER_PROTOCOL).build(), outages);
    outages.begin(Layer.NETWORK);
    assertThat(classic.accepts(WORKER, 5, YOUNG, false)).isFalse();
    assertThat(consumer.accepts(WORKER, 5, YOUNG, false)).isTrue();
    assertThat(consumer.accepts(WORKER, 5, OLD, false)).isFalse();
  }

  @Test
  void aHarmfulOrderEndsWorkersAndNobodyElse() {
    RightEnds ends =
        new RightEnds(
            new ChaosPlan.Builder()
                .rareRecipes(List.of("fugu=class:" + PoisonRecipe.class.getName()))
                .build(),
            outages);
    assertThat(ends.accepts(WORKER, PoisonRecipe.EXIT_CODE, OLD, false)).isTrue();
    assertThat(ends.accepts(WORKER, GluttonRecipe.EXIT_CODE, OLD, false)).isFalse();
    assertThat(ends.accepts(Arena.MONITOR, PoisonRecipe.EXIT_CODE, OLD, false)).isFalse();
  }
}
