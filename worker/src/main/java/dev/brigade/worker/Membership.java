package dev.brigade.worker;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a place in the group that was lost does to the consumer's calls. With the consumer protocol
 * a request for positions may be the first to learn of it, or get no answer for a minute, and
 * whoever polls is told. The consumer goes on by itself and joins again, which takes it some polls.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private Membership() {}

  /** Polls; there is nothing to read while brokers or the group do not let this worker. */
  static ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (KafkaException e) {
      if (!mayPass(e)) {
        throw e;
      }
      LOG.debug("nothing can be read now", e);
      return ConsumerRecords.empty();
    }
  }

  /**
   * Whether trying again may help: brokers that are away, or a place in the group that was lost.
   */
  static boolean mayPass(KafkaException e) {
    return e instanceof RetriableException || isLost(e);
  }

  /** Whether this is no more than that the group has put this worker out. */
  static boolean isLost(Exception e) {
    return e instanceof UnknownMemberIdException
        || e instanceof StaleMemberEpochException
        || e instanceof FencedMemberEpochException;
  }
}
