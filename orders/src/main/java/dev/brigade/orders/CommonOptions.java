package dev.brigade.orders;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command talks to its caller: shared by all of them. */
public class CommonOptions {
  @Option(names = "--json", description = "Machine-readable output on stdout.")
  boolean json;

  @Option(names = "--quiet", description = "No progress on stderr, only errors and the result.")
  boolean quiet;

  @Option(
      names = "--no-color",
      description = "No colours (also: the environment variable NO_COLOR).")
  boolean noColor;

  @Option(names = "--verbose", description = "Log more on stderr; show a failure's stack trace.")
  boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }

  public boolean verbose() {
    return verbose;
  }

  /** What stdout and stderr may show, given these options and what they are connected to. */
  public Terminal terminal() {
    return Terminal.of(noColor);
  }

  /** The connection to one kitchen on a running cluster. */
  public static final class Connection extends CommonOptions {
    @Option(
        names = "--bootstrap-server",
        paramLabel = "HOST:PORT[,…]",
        defaultValue = "localhost:9092",
        description = "Brokers to reach the cluster by (default: ${DEFAULT-VALUE}).")
    String bootstrapServer = "localhost:9092";

    @Option(
        names = "--command-config",
        paramLabel = "FILE",
        description = "Client properties for the connection: TLS, SASL and the like.")
    @Nullable Path commandConfig;

    @Option(
        names = "--kitchen",
        paramLabel = "NAME",
        defaultValue = Kitchen.DEFAULT_NAME,
        description = "The kitchen: prefix of its topics and groups (default: ${DEFAULT-VALUE}).")
    String kitchenName = Kitchen.DEFAULT_NAME;

    /**
     * @throws CommandFailure with {@link ExitCode#USAGE} if no kitchen can have this name
     */
    public Kitchen kitchen() {
      try {
        return new Kitchen(kitchenName);
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--kitchen: " + e.getMessage());
      }
    }

    public String bootstrapServer() {
      return bootstrapServer;
    }

    /**
     * What every Kafka client of a command starts from: the file's properties, then the address.
     *
     * @throws CommandFailure with {@link ExitCode#USAGE} if the address or the file is no good
     */
    public Map<String, Object> clientConfig() {
      BootstrapServers.check(bootstrapServer);
      Map<String, Object> config =
          commandConfig == null ? new HashMap<>() : ClientConfig.load(commandConfig);
      config.put("bootstrap.servers", bootstrapServer);
      return config;
    }
  }
}
