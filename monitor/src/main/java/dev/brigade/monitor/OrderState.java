package dev.brigade.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;

/** What is known of one offset of {@code orders} until its end is counted. */
sealed interface OrderState {
  /** The dish of an order that could not be decoded. */
  String NO_DISH = "";

  /** The deadline of an order without one. */
  long NO_DEADLINE = Long.MAX_VALUE;

  Serde<OrderState> SERDE = Binary.serde(OrderState::write, OrderState::read);

  /**
   * The order is in the log and has no end.
   *
   * @param appendedAt when it came into the log, epoch milliseconds
   * @param deadline epoch milliseconds, {@link #NO_DEADLINE} if it has none
   * @param dish {@link #NO_DISH} if it could not be decoded
   */
  record Open(long appendedAt, long deadline, String dish) implements OrderState {}

  /** Its end was read and is not counted yet. */
  record Ended(OrderEnd end) implements OrderState {}

  /** Its end was read before the order itself, or there is no such order. */
  record EndedEarly(OrderEnd end) implements OrderState {}

  private static void write(OrderState state, DataOutput out) throws IOException {
    if (state instanceof Open open) {
      out.writeByte(0);
      out.writeLong(open.appendedAt());
      out.writeLong(open.deadline());
      out.writeUTF(open.dish());
    } else if (state instanceof Ended ended) {
      out.writeByte(1);
      ended.end().write(out);
    } else if (state instanceof EndedEarly early) {
      out.writeByte(2);
      early.end().write(out);
    }
  }

  private static OrderState read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new Open(in.readLong(), in.readLong(), in.readUTF());
      case 1 -> new Ended(OrderEnd.read(in));
      case 2 -> new EndedEarly(OrderEnd.read(in));
      default -> throw new IOException("unknown order state " + kind);
    };
  }
}
