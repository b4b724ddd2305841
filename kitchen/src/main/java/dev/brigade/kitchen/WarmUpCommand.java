package dev.brigade.kitchen;

import dev.brigade.cluster.KafkaCluster;
import dev.brigade.orders.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** wip */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Runs a kitchen in this JVM, so that the classes of all commands load once.",
    sortOptions = false)
final class WarmUpCommand implements Callable<Integer> {
  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    try (KafkaCluster cluster = KafkaCluster.builder().inThisJvm().start()) {
      return Brigade.run("init", "--bootstrap-server", cluster.bootstrapServers());
    }
  }
}
