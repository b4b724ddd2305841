package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fuzz target: the value of a record on {@code orders}. */
public final class OrderFuzz {
  private OrderFuzz() {}

  /** Called by the fuzzer and by {@link FuzzCorpusTest}. */
  public static void fuzzerTestOneInput(byte[] value) throws MalformedRecordException {
    Order order = decode(value);
    if (order == null) {
      return;
    }
    // Wherever the bytes stand, they are the same order
    byte[] framed = new byte[value.length + 4];
    Arrays.fill(framed, (byte) '}');
    System.arraycopy(value, 0, framed, 2, value.length);
    assertThat(OrderCodec.decode(framed, 2, value.length)).isEqualTo(order);
    if (Json.objection(order.payload(), Json.MAX_DEPTH - 1) != null) {
      // A number within the limits, but not as it is written: 1.23E-5 has zeros more then
      assertThatIllegalArgumentException().isThrownBy(() -> OrderCodec.encode(order));
      return;
    }
    // What was accepted is written, accepted again and the same, however often
    byte[] written = OrderCodec.encode(order);
    assertThat(OrderCodec.decode(written)).isEqualTo(order);
    assertThat(OrderCodec.encode(OrderCodec.decode(written))).isEqualTo(written);
    assertThat(order.key()).isNotNull();
  }

  private static @Nullable Order decode(byte[] value) {
    try {
      return OrderCodec.decode(value);
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).isNotEmpty().doesNotMatch("(?s).*\\p{Cntrl}.*");
      return null;
    }
  }
}
