package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Brings watermarks over offsets that carry no order and that no order follows. */
final class Positions {
  private Positions() {}

  /** On the poll thread. */
  static void passWhatCarriesNoOrder(
      Consumer<byte[], byte[]> consumer, Collection<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (assignment.isOpen && assignment.mayCommit() && assignment.inFlight == 0) {
        assignment.tracker.advanceTo(position(consumer, assignment));
      }
    }
  }

  private static long position(Consumer<byte[], byte[]> consumer, Assignment assignment) {
    try {
      return consumer.position(assignment.partition(), Duration.ZERO);
    } catch (IllegalStateException e) {
      // No longer ours: nothing was read from there since.
      return OffsetTracker.UNKNOWN;
    } catch (KafkaException e) {
      // Likewise, or not known yet.
      if (!Membership.mayPass(e)) {
        throw e;
      }
      return OffsetTracker.UNKNOWN;
    }
  }
}
