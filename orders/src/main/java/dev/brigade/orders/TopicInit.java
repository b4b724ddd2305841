package dev.brigade.orders;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics a kitchen lacks and reports how those it has differ. Changes none. */
public final class TopicInit {
  private static final int WANTED_REPLICATION = 3;

  private static final Duration SERVED_LIMIT = Duration.ofSeconds(10);

  /** A broker makes files for every partition: thousands of them take longer than that. */
  private static final Duration SERVED_LIMIT_PER_PARTITION = Duration.ofMillis(20);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private TopicInit() {}

  /** What became of one topic. {@code differences} is empty unless the state is different. */
  public record Outcome(String topic, State state, List<String> differences) {}

  public enum State {
    CREATED("created"),
    AS_IT_SHOULD_BE("as it should be"),
    DIFFERENT("different");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** Also how it is written as JSON. */
    @JsonValue
    public String words() {
      return words;
    }
  }

  /**
   * @param partitions of {@code orders}, {@code meals} and {@code dead-letters}; applies to topics
   *     that are created, and is compared with those that exist
   * @return one outcome per topic, in the contract's order
   */
  public static List<Outcome> run(Admin admin, Kitchen kitchen, int partitions) {
    List<TopicSpec> specs = TopicSpec.of(kitchen, partitions);
    int brokers = ClusterConnection.await(admin.describeCluster().nodes()).size();
    int replication = Math.min(WANTED_REPLICATION, brokers);
    List<String> names = specs.stream().map(TopicSpec::name).toList();
    KitchenTopics before = KitchenTopics.read(admin, kitchen, names);
    Set<String> created = new HashSet<>();
    for (TopicSpec spec : specs) {
      if (!before.exists(spec.name()) && create(admin, spec, replication)) {
        created.add(spec.name());
      }
    }
    awaitServed(
        admin, kitchen, specs.stream().filter(spec -> !before.exists(spec.name())).toList());
    KitchenTopics after = KitchenTopics.read(admin, kitchen, names);
    return specs.stream()
        .map(
            spec ->
                created.contains(spec.name())
                    ? new Outcome(spec.name(), State.CREATED, List.of())
                    : compare(spec, replication, after))
        .toList();
  }

  private static Outcome compare(TopicSpec spec, int replication, KitchenTopics found) {
    List<String> differences = differences(spec, replication, found);
    return new Outcome(
        spec.name(), differences.isEmpty() ? State.AS_IT_SHOULD_BE : State.DIFFERENT, differences);
  }

  /** Creating returns before the brokers know of it; whoever comes next needs the topics. */
  private static void awaitServed(Admin admin, Kitchen kitchen, List<TopicSpec> specs) {
    List<String> topics = specs.stream().map(TopicSpec::name).toList();
    int partitions = specs.stream().mapToInt(TopicSpec::partitions).sum();
    Duration limit = SERVED_LIMIT.plus(SERVED_LIMIT_PER_PARTITION.multipliedBy(partitions));
    long start = System.nanoTime();
    while (!KitchenTopics.read(admin, kitchen, topics).areServed()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "the topics are created, but no broker serves all of them after "
                + limit.toSeconds()
                + " s: do all brokers run?");
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** False if somebody else created it in the meantime. */
  private static boolean create(Admin admin, TopicSpec spec, int replication) {
    NewTopic topic =
        new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.of((short) replication))
            .configs(configs(spec, replication));
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw Commands.explain(e, "CREATE on topic " + spec.name());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static Map<String, String> configs(TopicSpec spec, int replication) {
    Map<String, String> configs = new HashMap<>(spec.configs());
    configs.put("unclean.leader.election.enable", "false");
    configs.put("min.insync.replicas", replication >= WANTED_REPLICATION ? "2" : "1");
    return configs;
  }

  /** A higher replication factor than now possible is no fault: a broker may be down. */
  private static List<String> differences(TopicSpec spec, int wanted, KitchenTopics found) {
    List<String> differences = new ArrayList<>();
    int replication = Math.max(wanted, found.replicationFactor(spec.name()));
    if (found.partitions(spec.name()) != spec.partitions()) {
      differences.add(
          found.partitions(spec.name()) + " partitions instead of " + spec.partitions());
    }
    if (found.replicationFactor(spec.name()) != replication) {
      differences.add(
          "replication factor "
              + found.replicationFactor(spec.name())
              + " instead of "
              + replication);
    }
    configs(spec, replication)
        .forEach(
            (key, right) -> {
              String value = found.config(spec.name(), key);
              if (!value.equals(right)) {
                differences.add(key + "=" + value + " instead of " + right);
              }
            });
    return differences;
  }
}
