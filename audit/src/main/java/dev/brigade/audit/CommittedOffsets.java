package dev.brigade.audit;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.Kitchen;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/** What the chefs' group has committed in the end. */
public final class CommittedOffsets {
  private CommittedOffsets() {}

  /**
   * @return by partition of {@code orders}, without those that have no commit and those of which a
   *     transaction is pending
   * @throws CommandFailure if the brokers do not answer
   */
  public static Map<Integer, Long> read(Map<String, Object> clientConfig, Kitchen kitchen) {
    try (Admin admin = Admin.create(clientConfig)) {
      CommitSampler sampler = new CommitSampler(admin, kitchen);
      Map<Integer, Long> offsets = new HashMap<>();
      sampler
          .committed(sampler.partitions())
          .forEach((partition, commit) -> offsets.put(partition, commit.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw Commands.explain(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
