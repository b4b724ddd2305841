package dev.brigade.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Orders in the log without an end.
 *
 * @param open how many
 * @param oldestSince when the oldest of them came into the log, epoch milliseconds; {@link
 *     Long#MAX_VALUE} if none is open
 * @param overdue how many of them are past their deadline
 */
record OpenStats(long open, long oldestSince, long overdue) {
  static final OpenStats NONE = new OpenStats(0, Long.MAX_VALUE, 0);

  OpenStats plus(OpenStats other) {
    return new OpenStats(
        open + other.open, Math.min(oldestSince, other.oldestSince), overdue + other.overdue);
  }

  /** How long the oldest has been open, in milliseconds; 0 if none is. */
  long oldestOpenMs(long now) {
    return open == 0 ? 0 : Math.max(0, now - oldestSince);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(open);
    out.writeLong(oldestSince);
    out.writeLong(overdue);
  }

  static OpenStats read(DataInput in) throws IOException {
    return new OpenStats(in.readLong(), in.readLong(), in.readLong());
  }
}
