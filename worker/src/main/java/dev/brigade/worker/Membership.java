package dev.brigade.worker;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a place in the group that was lost does to the consumer's calls. With the consumer protocol
 * a request for positions may be the first to learn of it, and whoever waits for these is told. The
 * consumer joins again by itself, which takes it some polls.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private Membership() {}

  /** Polls; there is nothing to read while the group has put this worker out. */
  static ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (KafkaException e) {
      if (!isLost(e)) {
        throw e;
      }
      LOG.debug("put out of the group", e);
      return ConsumerRecords.empty();
    }
  }

  /** Whether this is no more than that the group has put this worker out. */
  static boolean isLost(KafkaException e) {
    return e instanceof UnknownMemberIdException
        || e instanceof StaleMemberEpochException
        || e instanceof FencedMemberEpochException;
  }
}
