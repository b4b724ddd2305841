package dev.brigade.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/** What the ledger of one partition tells the merge, in the order in which it found out. */
sealed interface PartitionReport {
  Serde<PartitionReport> SERDE = Binary.serde(PartitionReport::write, PartitionReport::read);

  /**
   * Orders of one dish that ended in one of the shortest windows and were not reported before.
   *
   * @param windowStart epoch milliseconds
   */
  record Share(String dish, long windowStart, WindowTotals totals) implements PartitionReport {}

  /**
   * Where the partition stands.
   *
   * @param completeUntil every end appended before was reported, epoch milliseconds
   * @param open by dish, orders of no known dish under {@link OrderState#NO_DISH}
   */
  record Standing(long completeUntil, Map<String, OpenStats> open) implements PartitionReport {}

  /** A record that cannot be counted. */
  record Oddity(OddityKind kind) implements PartitionReport {}

  private static void write(PartitionReport report, DataOutput out) throws IOException {
    if (report instanceof Share share) {
      out.writeByte(0);
      out.writeUTF(share.dish());
      out.writeLong(share.windowStart());
      share.totals().write(out);
    } else if (report instanceof Standing standing) {
      out.writeByte(1);
      out.writeLong(standing.completeUntil());
      out.writeInt(standing.open().size());
      for (Map.Entry<String, OpenStats> dish : standing.open().entrySet()) {
        out.writeUTF(dish.getKey());
        dish.getValue().write(out);
      }
    } else if (report instanceof Oddity oddity) {
      out.writeByte(2);
      out.writeUTF(oddity.kind().name());
    }
  }

  private static PartitionReport read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new Share(in.readUTF(), in.readLong(), WindowTotals.read(in));
      case 1 -> readStanding(in);
      case 2 -> new Oddity(OddityKind.valueOf(in.readUTF()));
      default -> throw new IOException("unknown report " + kind);
    };
  }

  private static Standing readStanding(DataInput in) throws IOException {
    long completeUntil = in.readLong();
    int dishes = in.readInt();
    Map<String, OpenStats> open = new TreeMap<>();
    for (int i = 0; i < dishes; i++) {
      open.put(in.readUTF(), OpenStats.read(in));
    }
    return new Standing(completeUntil, open);
  }
}
