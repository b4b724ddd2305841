package dev.brigade.bench.contender;

import dev.brigade.bench.Contender;
import dev.brigade.bench.OrderPromise;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import java.util.ArrayList;
import java.util.List;

/** The contenders that are not Brigade, each set up as its own documentation recommends. */
public final class Contenders {
  private static final int BATCH = 100;

  private final List<String> jvm;

  private Contenders(List<String> jvm) {
    this.jvm = jvm;
  }

  /**
   * @param jvm the Java command up to the main class: flags, and this module's class path
   */
  public static List<Contender> all(List<String> jvm) {
    Contenders contenders = new Contenders(jvm);
    return List.of(
        contenders.plain(1),
        contenders.plain(2),
        contenders.plain(12),
        contenders.parallel("pc-key", ProcessingOrder.KEY, 1, OrderPromise.KEY),
        contenders.parallel("pc-unordered", ProcessingOrder.UNORDERED, 1, OrderPromise.NONE),
        contenders.parallel("pc-key-batch", ProcessingOrder.KEY, BATCH, OrderPromise.KEY),
        contenders.parallel(
            "pc-unordered-batch", ProcessingOrder.UNORDERED, BATCH, OrderPromise.NONE),
        contenders.spring(SpringContender.RECORD, 2),
        contenders.spring(SpringContender.RECORD, 12),
        contenders.spring(SpringContender.BATCH, 2),
        contenders.spring(SpringContender.BATCH, 12),
        contenders.share(),
        contenders.plainTransactional(),
        contenders.parallelTransactional());
  }

  private Contender plain(int consumers) {
    return contender(
        "plain-" + consumers,
        "KafkaConsumer loop, " + (consumers == 1 ? "1 consumer" : consumers + " consumers"),
        OrderPromise.PARTITION,
        PlainContender.class,
        Integer.toString(consumers));
  }

  private Contender plainTransactional() {
    return contender(
        "plain-tx-12",
        "KafkaConsumer loop, 12 consumers, exactly-once",
        OrderPromise.PARTITION,
        TransactionContender.class,
        "12");
  }

  private Contender parallel(
      String name, ProcessingOrder order, int batchSize, OrderPromise promise) {
    return contender(
        name,
        "Parallel Consumer, order " + order + (batchSize == 1 ? "" : ", batches of " + batchSize),
        promise,
        ParallelConsumerContender.class,
        order.name(),
        Integer.toString(batchSize));
  }

  private Contender parallelTransactional() {
    return contender(
        "pc-tx",
        "Parallel Consumer, order KEY, exactly-once",
        OrderPromise.KEY,
        ParallelConsumerContender.class,
        ProcessingOrder.KEY.name(),
        "1",
        ParallelConsumerContender.TRANSACTIONAL);
  }

  private Contender spring(String listener, int consumers) {
    return contender(
        "spring-" + listener + "-" + consumers,
        "Spring Kafka, " + listener + " listener, concurrency " + consumers,
        OrderPromise.PARTITION,
        SpringContender.class,
        listener,
        Integer.toString(consumers));
  }

  private Contender share() {
    return contender(
        "share",
        "KafkaShareConsumer and a pool of threads",
        OrderPromise.NONE,
        ShareContender.class);
  }

  private Contender contender(
      String name, String description, OrderPromise promise, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(jvm);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Contender(name, description, promise, command);
  }
}
