package dev.brigade.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;

/** Kafka's own queues: share consumers of one share group, and a pool of threads that cooks. */
final class ShareContender {
  private static final int CONSUMERS = 4;

  private static final int MOST_POLLED = 2_000;

  /**
   * How long what was polled may cook, far below the 30 s after which the broker would give the
   * orders to another consumer.
   */
  private static final long MOST_COOKED_MICROS = TimeUnit.SECONDS.toMicros(5);

  private ShareContender() {}

  public static void main(String[] arguments) {
    ContenderProcess.run(ShareContender::wire);
  }

  private static Work wire(Task task) {
    startAtEarliest(task);
    Map<String, Object> consumerConfig = Clients.consumer(task);
    consumerConfig.remove(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
    consumerConfig.remove(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
    consumerConfig.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    consumerConfig.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostPolled(task));
    Map<String, Object> producerConfig = Clients.producer(task);
    Settings.say("group share.auto.offset.reset=earliest");
    Settings.say(
        "%d share consumers with a thread each, one pool of %d threads that cooks"
            .formatted(CONSUMERS, task.concurrency()));
    Settings.say(
        "a poll's orders are acknowledged when all their meals are; sent with the next fetch");
    Settings.say("one producer for all, which Kafka's documentation says is generally faster");
    Settings.sayOf("share consumer", consumerConfig, ConsumerConfig.configDef());
    Settings.sayOf("producer", producerConfig, ProducerConfig.configDef());
    ChefPool pool =
        new ChefPool(task.concurrency(), new Cook(task), new KafkaProducer<>(producerConfig));
    List<ShareLoop> loops = new ArrayList<>();
    for (int number = 0; number < CONSUMERS; number++) {
      consumerConfig.put(ConsumerConfig.CLIENT_ID_CONFIG, task.worker() + "-" + number);
      loops.add(new ShareLoop(new KafkaShareConsumer<>(consumerConfig), pool, task.orders()));
    }
    return new Loops(loops, pool::close);
  }

  /** As many as the pool cooks in time, if all consumers hold as many. */
  private static int mostPolled(Task task) {
    long inTime = task.concurrency() * MOST_COOKED_MICROS / Math.max(1, task.cookMicros());
    return Math.toIntExact(Math.max(1, Math.min(MOST_POLLED, inTime / CONSUMERS)));
  }

  /** A share group without this begins with what comes after it. */
  private static void startAtEarliest(Task task) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, task.group());
    AlterConfigOp earliest =
        new AlterConfigOp(
            new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrap()))) {
      admin.incrementalAlterConfigs(Map.of(group, List.of(earliest))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot configure share group " + task.group(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
