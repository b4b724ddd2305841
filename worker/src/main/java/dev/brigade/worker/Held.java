package dev.brigade.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions this worker holds now. Confined to the poll thread. */
final class Held {
  private final Map<TopicPartition, Assignment> assignments = new HashMap<>();

  Assignment add(TopicPartition partition) {
    Assignment assignment = new Assignment(partition);
    assignments.put(partition, assignment);
    return assignment;
  }

  @Nullable Assignment get(TopicPartition partition) {
    return assignments.get(partition);
  }

  /** Those of the given partitions that are held. */
  List<Assignment> of(Collection<TopicPartition> partitions) {
    List<Assignment> found = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Assignment assignment = assignments.get(partition);
      if (assignment != null) {
        found.add(assignment);
      }
    }
    return found;
  }

  void remove(Collection<Assignment> gone) {
    gone.forEach(assignment -> assignments.remove(assignment.partition(), assignment));
  }

  /** A live view. */
  Collection<Assignment> all() {
    return assignments.values();
  }
}
