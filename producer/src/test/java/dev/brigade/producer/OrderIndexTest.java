package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.producer.OrderIndex.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderIndexTest {
  private final OrderIndex index = new OrderIndex();

  @BeforeEach
  void theFileHasTwoOrders() {
    index.add(1, 10);
    index.add(2, 20);
  }

  @Test
  void whatIsNotOnTheTopicIsNewOnce() {
    assertThat(index.take(1, 10)).isEqualTo(Verdict.NEW);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.SENT);
    assertThat(index.take(2, 20)).isEqualTo(Verdict.NEW);
    assertThat(index.onTopic()).isZero();
  }

  @Test
  void whatIsOnTheTopicIsLeftOut() {
    index.foundOnTopic(1, 10);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.ON_TOPIC);
    assertThat(index.take(2, 20)).isEqualTo(Verdict.NEW);
    assertThat(index.onTopic()).isEqualTo(1);
    assertThat(index.twice()).isZero();
  }

  @Test
  void anIdThatIsThereWithAnotherBodyIsToldAndOneThatIsThereWithBothIsThere() {
    index.foundOnTopic(1, 11);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.OTHER_BODY);
    assertThat(index.onTopic()).isZero();
    index.foundOnTopic(1, 10);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.ON_TOPIC);
    index.foundOnTopic(1, 11);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.ON_TOPIC);
  }

  @Test
  void ofALineWithAnotherBodyThanAnEarlierOneTheEarlierOneCounts() {
    index.add(1, 11);
    assertThat(index.take(1, 11)).isEqualTo(Verdict.OTHER_BODY);
    assertThat(index.take(1, 10)).isEqualTo(Verdict.NEW);
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void othersOrdersAreNotLookedAt() {
    index.foundOnTopic(3, 30);
    assertThat(index.take(3, 30)).isEqualTo(Verdict.UNKNOWN);
    assertThat(index.onTopic()).isZero();
  }

  @Test
  void recordsBeyondTheFirstOfALineAreCounted() {
    index.foundOnTopic(1, 10);
    index.foundOnTopic(1, 10);
    assertThat(index.take(2, 20)).isEqualTo(Verdict.NEW);
    index.foundOnTopic(2, 20);
    assertThat(index.twice()).as("what was sent is there once").isEqualTo(1);
    index.foundOnTopic(2, 20);
    assertThat(index.twice()).isEqualTo(2);
  }

  @Test
  void howeverManyThereAreEachIsKnownByItsOwnHash() {
    Random random = new Random(3);
    Map<Long, Boolean> onTopic = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      // Some of them begin at the same slots
      long id = i % 100 == 0 ? random.nextLong() & ~0xffffL : random.nextLong();
      index.add(id, id + 1);
      onTopic.put(id, false);
    }
    for (Map.Entry<Long, Boolean> order : onTopic.entrySet()) {
      if (random.nextBoolean()) {
        index.foundOnTopic(order.getKey(), order.getKey() + 1);
        order.setValue(true);
      }
    }
    onTopic.forEach(
        (id, there) ->
            assertThat(index.take(id, id + 1)).isEqualTo(there ? Verdict.ON_TOPIC : Verdict.NEW));
  }
}
