package dev.brigade.monitor;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology at work in this process. Thread-safe. */
final class MonitorRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorRun.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_REPLACEMENTS = 20;

  private final MonitorIdentity identity;
  private final LogEnds logEnds;
  private final KafkaStreams streams;
  private int replacements;
  private @Nullable Throwable failure;

  private MonitorRun(MonitorIdentity identity, LogEnds logEnds, KafkaStreams streams) {
    this.identity = identity;
    this.logEnds = logEnds;
    this.streams = streams;
  }

  /**
   * @param partitions of {@code orders}
   * @throws CommandFailure if it cannot be started
   */
  static MonitorRun start(
      ClusterConnection cluster,
      KitchenTopics topics,
      int partitions,
      Path stateDirectory,
      int threads) {
    Kitchen kitchen = cluster.kitchen();
    MonitorIdentity identity = MonitorIdentity.take(stateDirectory, kitchen);
    LogProgress progress = new LogProgress();
    LogEnds logEnds = new LogEnds(cluster.clientConfig(), kitchen, partitions, progress);
    Properties settings =
        StreamsSettings.of(
            kitchen,
            cluster.clientConfig(),
            identity,
            stateDirectory,
            threads,
            topics.replicationFactor(kitchen.orders()));
    KafkaStreams streams =
        new KafkaStreams(
            MonitorTopology.build(kitchen, partitions, WindowTimes.STANDARD, progress),
            settings,
            new StreamsClients(identity, progress));
    MonitorRun run = new MonitorRun(identity, logEnds, streams);
    streams.setUncaughtExceptionHandler(run::failed);
    try {
      logEnds.start();
      streams.start();
      return run;
    } catch (RuntimeException e) {
      run.close();
      throw Commands.explain(e);
    }
  }

  /**
   * A new thread starts from the last commit, so nothing is lost or counted twice by giving up the
   * failed one. Without end only what a new thread cannot mend.
   */
  private synchronized StreamThreadExceptionResponse failed(Throwable thrown) {
    if (replacements < MOST_REPLACEMENTS && !isLasting(thrown)) {
      replacements++;
      LOG.warn("a stream thread failed and is replaced: {}", thrown.toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    failure = thrown;
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean isLasting(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof MissingSourceTopicException
          || e instanceof AuthorizationException
          || e instanceof AuthenticationException
          || e instanceof FencedInstanceIdException
          || e instanceof Error) {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws CommandFailure if the topology has stopped for good
   */
  synchronized void check() {
    if (failure != null) {
      throw explained(failure);
    }
    if (streams.state() == KafkaStreams.State.ERROR) {
      throw new CommandFailure(ExitCode.FAILED, "the monitor's streams failed, see the log");
    }
  }

  private static CommandFailure explained(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (innermost instanceof MissingSourceTopicException) {
      return new CommandFailure(
          ExitCode.FAILED,
          "a topic of the kitchen is gone (brigade init creates them): " + innermost.getMessage(),
          failure);
    }
    return innermost instanceof FencedInstanceIdException
        ? new CommandFailure(
            ExitCode.FAILED, "another monitor runs with a copy of this --state-dir", failure)
        : Commands.explain(innermost);
  }

  /** How many there were since the kitchen exists; 0 while another monitor does the counting. */
  long count(OddityKind kind) {
    try {
      ReadOnlyKeyValueStore<String, Long> totals =
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  WindowProcessor.TOTALS, QueryableStoreTypes.keyValueStore()));
      return MonitorTotals.of(totals, kind);
    } catch (InvalidStateStoreException | IllegalStateException e) {
      return 0;
    }
  }

  /** Whether all tasks of this process are at work. */
  boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Leaves the group at once, so that other monitors of the kitchen take over without waiting. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("the monitor's streams did not close within {} s", CLOSE_WITHIN.toSeconds());
    }
    logEnds.close();
    try {
      identity.close();
    } catch (IOException e) {
      throw new UncheckedIOException("giving the place in --state-dir back", e);
    }
  }
}
