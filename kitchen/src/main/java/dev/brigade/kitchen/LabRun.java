package dev.brigade.kitchen;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import dev.brigade.orders.TopicInit;
import java.io.PrintWriter;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a lab in a kitchen of its own, of which nothing is left behind, and prints its report. */
final class LabRun {
  private final CommandSpec spec;
  private final CommonOptions options;
  private final RunNotes notes;

  LabRun(CommandSpec spec, CommonOptions options) {
    this.spec = spec;
    this.options = options;
    this.notes = new RunNotes(spec.commandLine().getErr(), options.quiet());
  }

  /**
   * @return the exit code: 0 only if everything the lab claims was measured
   */
  int run(Lab lab) throws InterruptedException {
    return TemporaryRun.of(
        "lab",
        notes::say,
        (directory, interrupts) -> {
          notes.say("starting a Kafka cluster of one broker process");
          try (KafkaCluster cluster = KafkaCluster.builder().asProcesses().start();
              DemoProcesses processes = new DemoProcesses(directory);
              KitchenFeed feed = openKitchen(cluster.bootstrapServers())) {
            String servers = cluster.bootstrapServers();
            LabReport report =
                lab.run(new LabKitchen(servers, directory, processes, feed, interrupts), notes);
            print(report);
            return Claim.allKept(report.claims()) ? ExitCode.DONE : ExitCode.FAILED;
          }
        });
  }

  private static KitchenFeed openKitchen(String bootstrapServers) {
    try (Admin admin = Admin.create(LabKitchen.clientConfig(bootstrapServers))) {
      TopicInit.run(admin, LabKitchen.NAME, LabKitchen.PARTITIONS);
    }
    return KitchenFeed.open(LabKitchen.clientConfig(bootstrapServers), LabKitchen.NAME);
  }

  private void print(LabReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.writeText(report));
    } else {
      out.println();
      report.lines().forEach(out::println);
      out.println();
      Claim.lines(report.claims()).forEach(out::println);
    }
    out.flush();
  }
}
