package dev.brigade.worker;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/**
 * The group refuses this worker, and the coordinator that its consumer has does not tell it so. It
 * is one no more, and another consumer may find the one that is.
 */
final class StaleCoordinatorException extends KafkaException {
  private static final long serialVersionUID = 1;

  /**
   * @param lasting how long the group has done so
   */
  StaleCoordinatorException(Duration lasting) {
    super(
        "for %,d ms the group has refused this worker's transactions, and its coordinator has not told it so"
            .formatted(lasting.toMillis()));
  }
}
