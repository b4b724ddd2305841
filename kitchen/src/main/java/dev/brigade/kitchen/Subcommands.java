package dev.brigade.kitchen;

import dev.brigade.cluster.ClusterCommand;
import dev.brigade.kitchen.chaos.ChaosCommand;
import dev.brigade.monitor.MonitorCommand;
import dev.brigade.orders.InitCommand;
import dev.brigade.producer.ProducerCommand;
import dev.brigade.worker.WorkerCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name, in the order help shows them. Only the one that is asked for is built:
 * reading the options of all takes longer than everything else a short command does. Commands that
 * start brokers are there only if the Kafka server is, which the container image leaves out.
 */
final class Subcommands {
  private static final String KAFKA_SERVER = "kafka.server.BrokerServer";

  private Subcommands() {}

  static void addTo(CommandLine root, List<String> args) {
    String first = args.isEmpty() ? "" : args.get(0);
    Map<String, Supplier<Object>> all = all();
    Supplier<Object> asked = all.get(first);
    if (asked != null) {
      root.addSubcommand(first, asked.get());
    } else if (!first.equals("--version")) {
      all.forEach((name, command) -> root.addSubcommand(name, command.get()));
    }
  }

  private static Map<String, Supplier<Object>> all() {
    boolean brokers = hasKafkaServer();
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    if (brokers) {
      commands.put("demo", DemoCommand::new);
      commands.put("cluster", ClusterCommand::new);
    }
    commands.put("init", InitCommand::new);
    commands.put("producer", ProducerCommand::new);
    commands.put("worker", WorkerCommand::new);
    commands.put("supervise", SuperviseCommand::new);
    commands.put("monitor", MonitorCommand::new);
    if (brokers) {
      commands.put("lab", LabCommand::new);
      commands.put("chaos", ChaosCommand::new);
      commands.put("warm-up", WarmUpCommand::new);
    }
    return commands;
  }

  private static boolean hasKafkaServer() {
    try {
      Class.forName(KAFKA_SERVER, false, Subcommands.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
