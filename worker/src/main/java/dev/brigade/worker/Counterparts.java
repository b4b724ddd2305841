package dev.brigade.worker;

import dev.brigade.orders.Activity;
import dev.brigade.orders.Kitchen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks partitions of orders that have no counterpart in meals or dead letters, because somebody
 * added partitions to orders alone: nothing of them is read or committed until they have. Confined
 * to the poll thread.
 */
final class Counterparts {
  private static final Logger LOG = LoggerFactory.getLogger(Counterparts.class);

  private final TopicWatch topics;
  private final Kitchen kitchen;
  private final ActivityFeed activity;
  private long seenLooks;

  /**
   * Blocked and not told yet, with the number of the look that decides: the last one, and one that
   * is under way, may have come before counterparts that were added in the right order.
   */
  private final Map<Assignment, Long> untold = new HashMap<>();

  Counterparts(TopicWatch topics, Kitchen kitchen, ActivityFeed activity) {
    this.topics = topics;
    this.kitchen = kitchen;
    this.activity = activity;
  }

  /** Before anything is read from these. */
  void assigned(Collection<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (isMissing(assignment)) {
        assignment.blocked = true;
        untold.put(assignment, topics.looks() + 2);
      }
    }
  }

  /** Acts on what was found since the last time. */
  void adjust(Collection<Assignment> held) {
    long looks = topics.looks();
    if (looks == seenLooks) {
      return;
    }
    seenLooks = looks;
    untold.keySet().retainAll(held);
    List<Integer> blocked = new ArrayList<>();
    List<Integer> freed = new ArrayList<>();
    for (Assignment assignment : held) {
      TopicPartition partition = assignment.partition();
      if (assignment.blocked && !isMissing(assignment)) {
        assignment.blocked = false;
        if (untold.remove(assignment) == null) {
          freed.add(partition.partition());
        }
      } else if (assignment.blocked && untold.getOrDefault(assignment, Long.MAX_VALUE) <= looks) {
        untold.remove(assignment);
        blocked.add(partition.partition());
      }
    }
    tell(blocked, freed);
  }

  private boolean isMissing(Assignment assignment) {
    return assignment.partition().partition() >= topics.counterparts();
  }

  private void tell(List<Integer> blocked, List<Integer> freed) {
    if (!blocked.isEmpty()) {
      String why =
          kitchen.meals()
              + " or "
              + kitchen.deadLetters()
              + " has fewer partitions than "
              + kitchen.orders()
              + ": add partitions to them (kafka-topics --alter --partitions), until all have as"
              + " many";
      LOG.error("partitions {} of {} are not read: {}", blocked, kitchen.orders(), why);
      activity.partitions(Activity.Type.BLOCKED, blocked, why);
    }
    if (!freed.isEmpty()) {
      LOG.info("partitions {} have their counterparts now: they are read", freed);
      activity.partitions(Activity.Type.UNBLOCKED, freed, null);
    }
  }
}
