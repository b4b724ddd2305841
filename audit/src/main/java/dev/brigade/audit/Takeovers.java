package dev.brigade.audit;

import dev.brigade.orders.Activity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When workers began to hold partitions, as they tell themselves. */
final class Takeovers {
  private final Map<Holder, TreeMap<Instant, Activity.Type>> told = new HashMap<>();

  private record Holder(int partition, String worker) {}

  Takeovers(List<Activity> activity) {
    for (Activity happened : activity) {
      List<Activity.Partition> partitions = happened.partitions();
      if (partitions != null
          && (happened.type() == Activity.Type.ASSIGNED || happened.type() == Activity.Type.LOST)) {
        for (Activity.Partition partition : partitions) {
          told.computeIfAbsent(
                  new Holder(partition.partition(), happened.worker()), none -> new TreeMap<>())
              .put(happened.at(), happened.type());
        }
      }
    }
  }

  /**
   * Since when this worker held the partition at a moment. Not known of one that lost it
   * afterwards: stopped before it could tell, it may have held it long before.
   */
  @Nullable Instant heldSince(int partition, String worker, Instant moment) {
    TreeMap<Instant, Activity.Type> events = told.get(new Holder(partition, worker));
    if (events == null) {
      return null;
    }
    Map.Entry<Instant, Activity.Type> last = events.floorEntry(moment);
    Map.Entry<Instant, Activity.Type> next = events.higherEntry(moment);
    boolean isLost = next != null && next.getValue() == Activity.Type.LOST;
    return last == null || last.getValue() == Activity.Type.LOST || isLost ? null : last.getKey();
  }
}
