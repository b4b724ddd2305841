package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.brigade.orders.DeadLetterReason;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T16:35:49Z");
  private static final Recipe BURGER = (order, context) -> CookResult.cooked();

  private final Headers headers = new RecordHeaders();
  private final Inspection inspection = new Inspection(recipes(), InstantSource.fixed(NOW));

  private static GuardedRecipes recipes() {
    return new GuardedRecipes(
        new Recipes(Map.of("burger", BURGER)),
        new RecipeLimits(RecipeLimits.NO_BREAKER, Duration.ofSeconds(5), Map.of()),
        (dish, state) -> {});
  }

  @Test
  void aGoodOrderIsDecodedAndGetsItsRecipe() throws RefusedOrder {
    OpenOrder open = open(order("burger", null));
    assertThat(inspection.inspect(open).recipe).isSameAs(BURGER);
    assertThat(open.decoded).isNotNull();
  }

  @Test
  void anOrderPastItsDeadlineIsExpiredAndOneAtItIsNot() throws RefusedOrder {
    assertRefused(
        order("burger", NOW.minusMillis(1)), DeadLetterReason.EXPIRED, "its deadline was");
    assertThat(inspection.inspect(open(order("burger", NOW))).recipe).isSameAs(BURGER);
  }

  @Test
  void anOrderThatDecodedStillExpiresBeforeALaterTry() throws RefusedOrder {
    OpenOrder open = open(order("burger", NOW));
    inspection.inspect(open);
    Inspection later = new Inspection(recipes(), InstantSource.fixed(NOW.plusSeconds(1)));
    assertThat(catchThrowableOfType(RefusedOrder.class, () -> later.inspect(open)).reason())
        .isEqualTo(DeadLetterReason.EXPIRED);
  }

  @Test
  void aDishWithoutARecipeIsRefused() {
    assertRefused(order("soup", null), DeadLetterReason.NO_RECIPE, "no recipe for dish soup");
  }

  @Test
  void moreHeadersThanAllowedAreInvalidAndThatManyAreNot() throws RefusedOrder {
    for (int i = 0; i < Order.MAX_HEADERS; i++) {
      headers.add("h" + i, new byte[0]);
    }
    assertThat(inspection.inspect(open(order("burger", null))).recipe).isSameAs(BURGER);
    headers.add("one more", new byte[0]);
    assertRefused(order("burger", null), DeadLetterReason.INVALID, "501 headers, the limit is 500");
  }

  @Test
  void headersBeyondTheirLimitAreOversize() {
    headers.add("h", new byte[Order.MAX_HEADER_BYTES]);
    assertRefused(order("burger", null), DeadLetterReason.OVERSIZE, "headers of 65537 bytes");
  }

  @Test
  void aValueBeyondTheLimitIsOversizeBeforeItIsDecoded() {
    assertRefused(
        new byte[Order.MAX_VALUE_BYTES + 1], DeadLetterReason.OVERSIZE, "value of 921601 bytes");
  }

  @Test
  void aKeyBeyondTheLimitIsOversize() {
    OpenOrder open = open(new byte[RecordSize.MAX_KEY_BYTES + 1], order("burger", null));
    assertThat(catchThrowableOfType(RefusedOrder.class, () -> inspection.inspect(open)).reason())
        .isEqualTo(DeadLetterReason.OVERSIZE);
  }

  private void assertRefused(byte[] value, DeadLetterReason reason, String error) {
    RefusedOrder refused =
        catchThrowableOfType(RefusedOrder.class, () -> inspection.inspect(open(value)));
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.error()).contains(error);
  }

  private OpenOrder open(byte[] value) {
    return open("k".getBytes(StandardCharsets.UTF_8), value);
  }

  private OpenOrder open(byte[] key, byte[] value) {
    return new OpenOrder(
        new ConsumerRecord<>(
            "k.orders",
            0,
            0,
            0,
            TimestampType.LOG_APPEND_TIME,
            key.length,
            value.length,
            key,
            value,
            headers,
            Optional.empty()),
        new Assignment(new TopicPartition("k.orders", 0)),
        Ordering.KEY);
  }

  private static byte[] order(String dish, @Nullable Instant deadline) {
    Order plain = new Order("o-1", dish, NOW);
    return OrderCodec.encode(
        new Order(
            plain.id(), plain.dish(), plain.placedAt(), null, deadline, null, plain.payload()));
  }
}
