package dev.brigade.worker;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the delivery decides: who sends ends, who commits offsets.
 *
 * @param producer the one in use when the worker starts
 * @param close ends what still is on its way
 */
record Sending(Pass pass, Commits commits, Producer<byte[], byte[]> producer, Runnable close) {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** What both kinds are made of. */
  record Parts(
      Map<String, Object> clientConfig,
      WorkerOptions options,
      Mailbox<OpenOrder> acknowledged,
      PlainCommits plainCommits,
      Consumer<Throwable> fatal,
      Watch watch) {}

  static Sending atLeastOnce(Parts parts) {
    KafkaProducer<byte[], byte[]> producer = Clients.pass(parts.clientConfig(), parts.options());
    return new Sending(
        new AcknowledgedPass(producer, parts.acknowledged(), parts.fatal()),
        parts.plainCommits(),
        producer,
        () -> producer.close(CLOSE_TIMEOUT));
  }

  static Sending exactlyOnce(
      Parts parts,
      String transactionalId,
      KafkaConsumer<byte[], byte[]> consumer,
      CommittedOffsetsReader offsets) {
    LaneProducer producer =
        new LaneProducer(
            () -> Clients.lane(parts.clientConfig(), parts.options(), transactionalId),
            LaneProducer.BEGIN_TIMEOUT,
            LoggedEnds.of(offsets));
    Duration interval = parts.options().commitInterval();
    Refusals refusals = new Refusals(System::nanoTime);
    Lane lane =
        new Lane(
            producer,
            parts.plainCommits().capacity(),
            parts.acknowledged(),
            interval,
            refusals,
            parts.fatal(),
            parts.watch());
    return new Sending(
        lane,
        new TransactionalCommits(
            consumer,
            lane,
            interval,
            refusals,
            patience(parts),
            () -> lookForTheCoordinator(parts, consumer)),
        producer.current(),
        producer::close);
  }

  /** At least one and a half heartbeats, for Kafka wants three of them in a session. */
  private static Duration patience(Parts parts) {
    return Clients.session(parts.clientConfig(), parts.options().groupProtocol())
        .timeout()
        .dividedBy(2);
  }

  /**
   * To let a member join a coordinator has to write: one that is none any more cannot, and the
   * consumer asks the brokers that it knows who is. With the consumer protocol none can be told to.
   */
  private static void lookForTheCoordinator(Parts parts, KafkaConsumer<byte[], byte[]> consumer) {
    StaleCoordinatorException why = new StaleCoordinatorException(patience(parts));
    if (parts.options().groupProtocol() == GroupProtocol.CONSUMER) {
      throw why;
    }
    LOG.warn("{}: joining it once more", why.getMessage());
    consumer.enforceRebalance("transactions are refused");
  }
}
