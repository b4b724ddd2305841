package dev.brigade.producer;

import dev.brigade.orders.Batch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a run's orders come from. */
interface OrderSource extends AutoCloseable {
  /**
   * Sends orders until there are no more, the stop is requested or the sender is broken.
   *
   * @throws IOException if the orders cannot be read any further
   */
  void pushTo(OrderSender sender, StopSignal stop) throws IOException;

  /**
   * An order that was sent is not known to be in the log. Called on the Kafka producer's thread.
   */
  void notAcknowledged(long number, String reason);

  /** How much of the source was pushed, 0 to 1, or NaN where nobody can tell. Any thread. */
  double fraction();

  /** The batch that every order of this source belongs to, if there is one. */
  @Nullable Batch batch();

  /** What became of the input's lines, once everything is sent; null if there are none. */
  @Nullable Intake intake();

  /**
   * @param lines lines read, blank ones included
   * @param refused lines that are in the rejects file instead of the log
   * @param repeated lines left out because an earlier one was the same
   * @param resumed with {@code --resume}
   * @param rejects the rejects file, if there is one
   * @param changed how the file changed while it was read, if it did
   */
  record Intake(
      long lines,
      long refused,
      long repeated,
      @Nullable Resumed resumed,
      @Nullable String rejects,
      @Nullable String changed) {}

  /**
   * What the topic held of the input.
   *
   * @param onTopic lines left out because they were on the topic before
   * @param twice records on the topic beyond the first of one line
   */
  record Resumed(long onTopic, long twice) {}

  @Override
  default void close() {}
}
