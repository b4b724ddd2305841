package dev.brigade.worker;

import dev.brigade.orders.Kitchen;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.common.ClassicGroupState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that nobody holds in a group that is content. In the classic protocol a worker that
 * comes back under its id within its session is given what it had, and the others are not asked. If
 * its former self died between giving partitions up and asking for the rebalance that hands them
 * on, that rebalance never comes. So whoever joins under an id looks until the group is whole, and
 * asks for it, once, if that takes longer than handing on does; a request per look, which grows
 * with the members. Confined to the poll thread.
 */
final class Vacancies {
  private static final Logger LOG = LoggerFactory.getLogger(Vacancies.class);
  private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();

  /** One that is giving partitions up asks by itself, within some seconds. */
  private static final int PATIENT_LOOKS = 10;

  private final Admin admin;
  private final Kitchen kitchen;
  private final TopicWatch topics;
  private final Runnable rebalance;
  private boolean isSettled;
  private int vacantLooks;
  private @Nullable CompletableFuture<ClassicGroupDescription> answer;
  private long askedNanos;

  /**
   * @param admin stays the caller's to close
   * @param rebalance asks for one; called in {@link #proceed}
   */
  Vacancies(
      Admin admin, Kitchen kitchen, WorkerOptions options, TopicWatch topics, Runnable rebalance) {
    this.isSettled = !options.staticMember() || options.groupProtocol() != GroupProtocol.CLASSIC;
    this.admin = admin;
    this.kitchen = kitchen;
    this.topics = topics;
    this.rebalance = rebalance;
  }

  /** To be called every turn from when the group let this worker in. */
  void proceed() {
    if (isSettled || topics.orders() == 0) {
      return;
    }
    CompletableFuture<ClassicGroupDescription> asked = answer;
    if (asked == null) {
      if (askedNanos == 0 || System.nanoTime() - askedNanos > BETWEEN_LOOKS_NANOS) {
        askedNanos = System.nanoTime();
        answer = ask();
      }
    } else if (asked.isDone()) {
      answer = null;
      judge(asked);
    }
  }

  private void judge(CompletableFuture<ClassicGroupDescription> asked) {
    try {
      judge(asked.join());
    } catch (CompletionException e) {
      LOG.debug("could not look at group {}", kitchen.chefsGroup(), e);
    }
  }

  private void judge(ClassicGroupDescription group) {
    if (group.state() != ClassicGroupState.STABLE) {
      vacantLooks = 0;
      return;
    }
    int vacant = topics.orders() - held(group);
    if (vacant <= 0) {
      isSettled = true;
    } else if (++vacantLooks == PATIENT_LOOKS) {
      isSettled = true;
      LOG.warn("{} partitions are nobody's: asking for a rebalance", vacant);
      rebalance.run();
    }
  }

  private int held(ClassicGroupDescription group) {
    return (int)
        group.members().stream()
            .flatMap(member -> member.assignment().topicPartitions().stream())
            .filter(partition -> partition.topic().equals(kitchen.orders()))
            .count();
  }

  private CompletableFuture<ClassicGroupDescription> ask() {
    String group = kitchen.chefsGroup();
    return admin
        .describeClassicGroups(List.of(group))
        .all()
        .toCompletionStage()
        .thenApply(groups -> Objects.requireNonNull(groups.get(group)))
        .toCompletableFuture();
  }
}
