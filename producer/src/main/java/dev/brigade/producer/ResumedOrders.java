package dev.brigade.producer;

import dev.brigade.orders.Batch;
import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a file of which an earlier run has sent some: those on the topic are left out, and
 * when the rest is acknowledged the topic is read to its end once more, so that what is there twice
 * is known. Threads as for any {@link OrderSource}.
 */
final class ResumedOrders implements OrderSource {
  private final LoadedOrders missing;
  private final OrdersOnTopic topic;

  ResumedOrders(LoadedOrders missing, OrdersOnTopic topic) {
    this.missing = missing;
    this.topic = topic;
  }

  /**
   * Returns when it is known what the topic holds.
   *
   * @param index empty until now, and what the orders are decided by
   * @param lines all of the file, beside what the orders are read from
   * @throws CommandFailure if the topic cannot be read
   */
  static ResumedOrders begin(
      LoadedOrders orders,
      OrderIndex index,
      LineReader lines,
      ClusterConnection cluster,
      int partitions)
      throws IOException {
    index.addAll(lines);
    OrdersOnTopic topic = OrdersOnTopic.of(cluster, partitions, index);
    try {
      topic.readToRest();
      return new ResumedOrders(orders, topic);
    } catch (RuntimeException e) {
      topic.close();
      throw e;
    }
  }

  @Override
  public void pushTo(OrderSender sender, StopSignal stop) throws IOException {
    missing.pushTo(sender, stop);
    sender.flush();
    if (!stop.isRequested() && sender.breakage() == null) {
      topic.readToEnd();
    }
  }

  @Override
  public void notAcknowledged(long number, String reason) {
    missing.notAcknowledged(number, reason);
  }

  @Override
  public double fraction() {
    return missing.fraction();
  }

  @Override
  public @Nullable Batch batch() {
    return missing.batch();
  }

  @Override
  public Intake intake() {
    return missing.intake();
  }

  @Override
  public void close() {
    topic.close();
  }
}
