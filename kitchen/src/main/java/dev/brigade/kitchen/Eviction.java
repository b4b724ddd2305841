package dev.brigade.kitchen;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a dead worker out of its consumer group, so that its partitions move to the others at their
 * next heartbeat rather than after the session timeout. Thread-safe.
 */
final class Eviction {
  private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();

  private final Admin admin;
  private final String group;

  Eviction(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /**
   * Does what an eviction does, to nobody, so that code is loaded and connections are open before
   * the first death: the first of all takes 0.1 s longer.
   *
   * @param stranger an id that no worker has
   */
  void rehearse(String stranger) throws InterruptedException {
    try {
      if (!isLast(stranger)) {
        remove(stranger);
      }
    } catch (ExecutionException e) {
      LOG.debug("nobody to evict from {}: {}", group, String.valueOf(e.getCause()));
    }
  }

  /**
   * Returns when the group goes on without that member, or has never known it. If that cannot be
   * done, says so: then its partitions move after the session timeout.
   *
   * <p>The last member of a classic group stays: nobody else could take its partitions, while its
   * replacement gets them back at once under the same id. In an emptied group it would wait for
   * others first, for 3 s on an unmodified broker.
   *
   * @param instanceId the worker's id
   */
  void evict(String instanceId) throws InterruptedException {
    long start = System.nanoTime();
    try {
      if (isLast(instanceId)) {
        LOG.info("{} has the group to itself: its replacement takes its partitions", instanceId);
        return;
      }
      remove(instanceId);
      LOG.info("evicted {} within {} ms", instanceId, (System.nanoTime() - start) / 1_000_000);
    } catch (ExecutionException e) {
      if (!isNoMember(e.getCause())) {
        LOG.warn(
            "cannot evict {}, its partitions move after the session timeout: {}",
            instanceId,
            String.valueOf(e.getCause()));
      }
    }
  }

  /**
   * Asked in the manner of the classic protocol, for the other way round a client asks twice, 100
   * ms apart. A group of the other protocol is not found.
   */
  private boolean isLast(String instanceId) throws ExecutionException, InterruptedException {
    var options = new DescribeClassicGroupsOptions().timeoutMs(TIMEOUT_MS);
    try {
      Collection<MemberDescription> members =
          Objects.requireNonNull(
                  admin.describeClassicGroups(List.of(group), options).all().get().get(group))
              .members();
      return members.size() == 1
          && members.stream()
              .allMatch(member -> member.groupInstanceId().filter(instanceId::equals).isPresent());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  private void remove(String instanceId) throws ExecutionException, InterruptedException {
    var members = List.of(new MemberToRemove(instanceId));
    var options = new RemoveMembersFromConsumerGroupOptions(members);
    options.timeoutMs(TIMEOUT_MS);
    admin.removeMembersFromConsumerGroup(group, options).all().get();
  }

  private static boolean isNoMember(@Nullable Throwable cause) {
    return cause instanceof UnknownMemberIdException
        || cause instanceof GroupIdNotFoundException
        || (cause != null && isNoMember(cause.getCause()));
  }
}
