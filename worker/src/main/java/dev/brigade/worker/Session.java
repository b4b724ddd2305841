package dev.brigade.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How a group finds out that a member is dead.
 *
 * @param timeout after which it takes one that it has not heard of for dead
 * @param heartbeatInterval in which members let it hear of them
 */
record Session(Duration timeout, Duration heartbeatInterval) {
  /** Of a group with the consumer protocol, if its brokers say nothing else. */
  static final Session OF_BROKERS = new Session(Duration.ofSeconds(45), Duration.ofSeconds(5));

  /**
   * Asks the brokers for a group with the consumer protocol; returns at once. Completed
   * exceptionally if they do not tell.
   */
  static CompletableFuture<Session> ofGroup(Admin admin, String group) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    return requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(
            config ->
                new Session(
                    millis(config, "consumer.session.timeout.ms"),
                    millis(config, "consumer.heartbeat.interval.ms")));
  }

  private static Duration millis(Config config, String key) {
    return Duration.ofMillis(Long.parseLong(requireNonNull(config.get(key)).value()));
  }
}
