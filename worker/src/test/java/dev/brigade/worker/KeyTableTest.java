package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
  /** All of one hash, because 31 * 'A' + 'a' = 31 * 'B' + 'B'. */
  private static final List<String> ONE_HASH = List.of("AaAa", "AaBB", "BBAa", "BBBB");

  private final KeyTable table = new KeyTable();
  private final Assignment assignment = new Assignment(new TopicPartition("orders", 0));
  private long offset;

  @Test
  void theOrdersOfAKeyFollowEachOther() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    OpenOrder third = order("a");
    assertThat(table.add(first)).isTrue();
    assertThat(table.add(second)).isFalse();
    assertThat(table.add(third)).isFalse();
    assertThat(table.remove(first)).isSameAs(second);
    OpenOrder fourth = order("a");
    assertThat(table.add(fourth)).as("behind the others").isFalse();
    assertThat(table.remove(second)).isSameAs(third);
    assertThat(table.remove(third)).isSameAs(fourth);
    assertThat(table.remove(fourth)).isNull();
    assertThat(table.add(order("a"))).as("nothing is left of the key").isTrue();
  }

  @Test
  void keysAreCountedAndNotTheirOrders() {
    OpenOrder first = order("a");
    OpenOrder second = order("a");
    table.add(first);
    table.add(second);
    table.add(order("b"));
    assertThat(table.keys()).isEqualTo(2);
    table.remove(first);
    assertThat(table.keys()).isEqualTo(2);
    table.remove(second);
    assertThat(table.keys()).isEqualTo(1);
  }

  @Test
  void anOrderThatStandsAloneIsNotKept() {
    OpenOrder alone = TestOrders.open(assignment, offset++, "a", Ordering.NONE);
    assertThat(table.add(alone)).isTrue();
    assertThat(table.add(TestOrders.open(assignment, offset++, "a", Ordering.NONE))).isTrue();
    assertThat(table.keys()).isZero();
    assertThat(table.remove(alone)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whicheverKeyGoesTheOthersOfItsBucketStay(int gone) {
    // Given four keys in one bucket, each with two orders
    List<OpenOrder> firsts = ONE_HASH.stream().map(this::order).toList();
    List<OpenOrder> seconds = ONE_HASH.stream().map(this::order).toList();
    assertThat(firsts.stream().map(order -> order.keyHash).distinct()).hasSize(1);
    assertThat(firsts).allMatch(table::add);
    assertThat(seconds).noneMatch(table::add);
    // When all of one key end
    assertThat(table.remove(firsts.get(gone))).isSameAs(seconds.get(gone));
    assertThat(table.remove(seconds.get(gone))).isNull();
    // Then the others are where they were
    assertThat(table.keys()).isEqualTo(3);
    for (int key = 0; key < 4; key++) {
      if (key != gone) {
        assertThat(table.remove(firsts.get(key))).isSameAs(seconds.get(key));
        assertThat(table.remove(seconds.get(key))).isNull();
      }
    }
    assertThat(table.keys()).isZero();
  }

  @Test
  void onlyTheFirstOfItsKeyCanBeTakenOut() {
    OpenOrder second = order("a");
    assertThatThrownBy(() -> table.remove(second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not the first of its key");
    table.add(order("a"));
    table.add(second);
    assertThatThrownBy(() -> table.remove(second)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void howeverManyKeysThereAreFewShareABucket() {
    List<OpenOrder> orders = IntStream.range(0, 20_000).mapToObj(i -> order("key-" + i)).toList();
    assertThat(orders).allMatch(table::add);
    assertThat(table.keys()).isEqualTo(orders.size());
    assertThat(orders).allMatch(order -> behindInBucket(order) < 10);
    assertThat(orders.stream().map(table::remove)).containsOnlyNulls();
    assertThat(table.keys()).isZero();
  }

  private static int behindInBucket(OpenOrder order) {
    int behind = 0;
    for (OpenOrder next = order.nextInBucket; next != null; next = next.nextInBucket) {
      behind++;
    }
    return behind;
  }

  private OpenOrder order(String key) {
    return TestOrders.open(assignment, offset++, key, Ordering.KEY);
  }
}
