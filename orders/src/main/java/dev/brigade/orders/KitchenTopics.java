package dev.brigade.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topics that exist, as the cluster describes them, and whether work can rely on them. */
public final class KitchenTopics {
  private final Kitchen kitchen;
  private final List<String> asked;
  private final Map<String, TopicDescription> descriptions;
  private final Map<String, Config> configs;

  private KitchenTopics(
      Kitchen kitchen,
      Collection<String> asked,
      Map<String, TopicDescription> descriptions,
      Map<String, Config> configs) {
    this.kitchen = kitchen;
    this.asked = List.copyOf(asked);
    this.descriptions = descriptions;
    this.configs = configs;
  }

  /** Asks the cluster for those of the given topics that exist. */
  public static KitchenTopics read(Admin admin, Kitchen kitchen, Collection<String> topics) {
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(topics).topicNameValues();
    Map<String, TopicDescription> descriptions = new LinkedHashMap<>();
    for (String topic : topics) {
      existing(topic, described.get(topic), "DESCRIBE", descriptions);
    }
    List<ConfigResource> resources =
        descriptions.keySet().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    Map<ConfigResource, KafkaFuture<Config>> configured = admin.describeConfigs(resources).values();
    Map<String, Config> configs = new HashMap<>();
    for (ConfigResource resource : resources) {
      existing(resource.name(), configured.get(resource), "DESCRIBE_CONFIGS", configs);
    }
    return new KitchenTopics(kitchen, topics, descriptions, configs);
  }

  private static <T> void existing(
      String topic, @Nullable KafkaFuture<T> answer, String operation, Map<String, T> found) {
    try {
      found.put(topic, Objects.requireNonNull(answer, "an answer per topic").get());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw Commands.explain(e, operation + " on topic " + topic);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  public boolean exists(String topic) {
    return descriptions.containsKey(topic);
  }

  /**
   * @throws CommandFailure if the topic does not exist, naming the command that creates it
   */
  public int partitions(String topic) {
    return description(topic).partitions().size();
  }

  private TopicDescription description(String topic) {
    TopicDescription description = descriptions.get(topic);
    if (description == null) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "topic " + topic + " does not exist: run brigade init --kitchen " + kitchen.name());
    }
    return description;
  }

  /** Whether records can be sent to every topic that was asked for. */
  boolean areServed() {
    return asked.stream().allMatch(topic -> configs.containsKey(topic) && isLed(topic));
  }

  private boolean isLed(String topic) {
    return description(topic).partitions().stream()
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  /** The lowest of the topic's partitions. */
  public int replicationFactor(String topic) {
    return description(topic).partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  String config(String topic, String key) {
    Config config = configs.get(topic);
    return config == null || config.get(key) == null ? "" : config.get(key).value();
  }

  /**
   * Of the topics that were asked for: refuses missing ones and such on which orders could be lost
   * or mixed up, and warns about ones that a single broker's death can take away.
   *
   * @param strict makes the warnings refusals too
   * @return how many partitions {@code orders} has
   */
  public int requireUsable(boolean strict, Consumer<String> warn) {
    asked.forEach(this::description);
    int partitions = partitions(kitchen.orders());
    for (String topic : keyedTopics()) {
      String policy = config(topic, "cleanup.policy");
      if (policy.contains("compact")) {
        throw new CommandFailure(
            ExitCode.FAILED,
            topic
                + " has cleanup.policy="
                + policy
                + ": compaction throws records of the same key away; set it to delete");
      }
      if (partitions(topic) < partitions) {
        throw new CommandFailure(
            ExitCode.FAILED,
            topic
                + " has "
                + partitions(topic)
                + " partitions, "
                + kitchen.orders()
                + " has "
                + partitions
                + ": an order's meal has the same partition number, so they must be as many");
      }
    }
    List<String> weaknesses = weaknesses();
    if (strict && !weaknesses.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED, String.join("; ", weaknesses) + " (refused by --strict)");
    }
    weaknesses.forEach(warn);
    return partitions;
  }

  /** Those on which every order has its place: the others only tell about them. */
  private List<String> keyedTopics() {
    return Stream.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters())
        .filter(this::exists)
        .toList();
  }

  private List<String> weaknesses() {
    List<String> weaknesses = new ArrayList<>();
    for (String topic : keyedTopics()) {
      if (replicationFactor(topic) < 2) {
        weaknesses.add(topic + " has replication factor 1: one broker's disk is all there is");
      } else if (config(topic, "min.insync.replicas").equals("1")) {
        weaknesses.add(
            topic + " has min.insync.replicas=1: an acknowledged record may be on one disk only");
      }
      if (config(topic, "unclean.leader.election.enable").equals("true")) {
        weaknesses.add(topic + " allows unclean leader election: acknowledged records may vanish");
      }
    }
    return weaknesses;
  }
}
