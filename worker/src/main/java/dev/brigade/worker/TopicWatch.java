package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the topics are still those that the worker began with. One that is deleted and
 * created anew has the same name and other orders: a consumer would read on in its middle, and a
 * commit would pass over orders that nobody cooked. So from when a topic is missing nothing may be
 * committed, and once it is another one, or stays away, the worker ends. Thread-safe; never blocks
 * but where it says so. Answers are judged on the admin client's thread, one after the other.
 */
final class TopicWatch {
  /** How often to look: one small request. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** A broker that just started may not know a topic yet. */
  private static final Duration MISSING_LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final Admin admin;
  private final Kitchen kitchen;
  private final List<String> topics;
  private final Consumer<Throwable> fatal;
  private volatile Map<String, Uuid> first = Map.of();
  private volatile boolean intact = true;
  private volatile int counterparts = Integer.MAX_VALUE;
  private volatile int orders;
  private volatile long looks;
  private volatile @Nullable CommandFailure failure;
  private @Nullable Long missingSinceNanos; // admin client's thread

  /**
   * @param admin stays the caller's to close
   * @param fatal told once if the worker must end; called on the admin client's thread
   */
  TopicWatch(Admin admin, Kitchen kitchen, Consumer<Throwable> fatal) {
    this.admin = admin;
    this.kitchen = kitchen;
    this.topics = List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters());
    this.fatal = fatal;
  }

  /** Waits for the first look: these are the topics from then on. */
  void begin() {
    lookNow();
  }

  /** Asks the brokers; the answer changes what the other methods tell. */
  CompletableFuture<Boolean> look() {
    Map<String, CompletableFuture<TopicDescription>> asked = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, found) -> asked.put(topic, found.toCompletionStage().toCompletableFuture()));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .handle((all, error) -> judge(asked));
  }

  /**
   * Waits for a look of its own, at most {@link #LOOK_TIMEOUT}.
   *
   * @return false if a topic is missing or is another one; true if nobody answers, for then nothing
   *     is known against them
   */
  boolean lookNow() {
    try {
      return look().get(LOOK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("could not look at the topics", e);
      return intact;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** False from the first look that finds a topic missing or another one; commit nothing then. */
  boolean isIntact() {
    return intact;
  }

  /** How many partitions the topic of orders has; 0 before it is known. */
  int orders() {
    return orders;
  }

  /** Partitions of orders below this number have one of meals and dead letters each. */
  int counterparts() {
    return counterparts;
  }

  /** How many looks found all topics. */
  long looks() {
    return looks;
  }

  /** Why the worker must end, if it must. */
  @Nullable CommandFailure failure() {
    return failure;
  }

  private boolean judge(Map<String, CompletableFuture<TopicDescription>> asked) {
    Map<String, TopicDescription> found = new HashMap<>();
    TreeSet<String> missing = new TreeSet<>();
    for (Map.Entry<String, CompletableFuture<TopicDescription>> topic : asked.entrySet()) {
      try {
        found.put(topic.getKey(), topic.getValue().join());
      } catch (RuntimeException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          LOG.debug("could not look at {}", topic.getKey(), e);
          return intact;
        }
        missing.add(topic.getKey());
      }
    }
    compare(found, missing);
    return intact;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the admin client's thread writes
  private void compare(Map<String, TopicDescription> found, TreeSet<String> missing) {
    if (failure != null) {
      return;
    }
    if (!missing.isEmpty()) {
      intact = false;
      endIfMissingForLong(missing.first());
      return;
    }
    if (first.isEmpty()) {
      Map<String, Uuid> ids = new HashMap<>();
      found.forEach((topic, description) -> ids.put(topic, description.topicId()));
      first = ids;
    }
    for (TopicDescription topic : found.values()) {
      if (!topic.topicId().equals(first.get(topic.name()))) {
        intact = false;
        end(recreated(topic.name()));
        return;
      }
    }
    missingSinceNanos = null;
    orders = Objects.requireNonNull(found.get(kitchen.orders())).partitions().size();
    counterparts =
        found.values().stream()
            .filter(topic -> !topic.name().equals(kitchen.orders()))
            .mapToInt(topic -> topic.partitions().size())
            .min()
            .orElse(Integer.MAX_VALUE);
    looks++;
    intact = true;
  }

  private void endIfMissingForLong(String topic) {
    long now = System.nanoTime();
    if (missingSinceNanos == null) {
      missingSinceNanos = now;
      LOG.error("topic {} is missing: nothing is committed until it is back", topic);
    } else if (now - missingSinceNanos > MISSING_LIMIT.toNanos()) {
      end(
          "topic "
              + topic
              + " was deleted (missing for "
              + MISSING_LIMIT.toSeconds()
              + " s): run brigade init --kitchen "
              + kitchen.name()
              + ", then start the workers again");
    }
  }

  private String recreated(String topic) {
    String what =
        "topic "
            + topic
            + " was deleted and created anew under this worker; it commits"
            + " nothing any more: stop all workers, ";
    return topic.equals(kitchen.orders())
        ? what
            + "set group "
            + kitchen.chefsGroup()
            + " back (kafka-consumer-groups --reset-offsets --to-earliest), start them again"
        : what + "start them again";
  }

  private void end(String why) {
    CommandFailure newFailure = new CommandFailure(ExitCode.FAILED, why);
    failure = newFailure;
    fatal.accept(newFailure);
  }
}
