package dev.brigade.orders;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A cluster that answered. Opening one ends with exit code 3 or 4 within 10 s if it does not, so
 * that no command hangs in a client's own retries.
 */
public final class ClusterConnection implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Admin admin;
  private final Kitchen kitchen;
  private final Map<String, Object> clientConfig;

  private ClusterConnection(Admin admin, Kitchen kitchen, Map<String, Object> clientConfig) {
    this.admin = admin;
    this.kitchen = kitchen;
    this.clientConfig = clientConfig;
  }

  /**
   * @throws CommandFailure if the options are no good, the cluster does not answer, refuses us or
   *     is too old
   */
  public static ClusterConnection open(CommonOptions.Connection options) {
    Kitchen kitchen = options.kitchen();
    Map<String, Object> clientConfig = options.clientConfig();
    Admin admin = connect(clientConfig);
    try {
      KafkaVersion.require(answer(admin.describeFeatures().featureMetadata(), options));
      return new ClusterConnection(admin, kitchen, clientConfig);
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static Admin connect(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    if (!config.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
      config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "8000");
    }
    try {
      return Admin.create(config);
    } catch (RuntimeException e) {
      CommandFailure failure = Commands.explain(e);
      throw failure.exitCode() == ExitCode.FAILED
          ? new CommandFailure(
              ExitCode.USAGE, "client properties are no good: " + failure.getMessage(), e)
          : failure;
    }
  }

  private static <T> T answer(KafkaFuture<T> future, CommonOptions.Connection options) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw unreachable(options, e);
      }
      throw Commands.explain(e);
    } catch (TimeoutException e) {
      throw unreachable(options, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static CommandFailure unreachable(CommonOptions.Connection options, Exception e) {
    return new CommandFailure(
        ExitCode.UNREACHABLE,
        "cluster unreachable: nothing answers at "
            + options.bootstrapServer()
            + " (is it running there, and does --command-config name the security.protocol of that"
            + " port: TLS, SASL or neither?)",
        e);
  }

  /** Waits for an answer of {@link #admin()}, with the failure explained for the user. */
  public static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw Commands.explain(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  public Admin admin() {
    return admin;
  }

  public Kitchen kitchen() {
    return kitchen;
  }

  /** What every further client starts from; a copy is needed to add to it. */
  public Map<String, Object> clientConfig() {
    return Map.copyOf(clientConfig);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
