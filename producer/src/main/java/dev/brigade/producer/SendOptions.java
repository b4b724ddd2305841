package dev.brigade.producer;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both ways of pushing orders can be told. */
final class SendOptions {
  @Option(
      names = "--wait",
      description = "Follow the orders until each has its meal or dead letter.")
  boolean wait;

  @Option(
      names = "--wait-timeout",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "Wait no longer than this after the last order is sent (default: no limit).")
  @Nullable Duration waitTimeout;

  @Option(
      names = "--strict",
      description = "Refuse topics on which one broker's loss can lose orders.")
  boolean strict;

  void check() {
    if (waitTimeout != null && !wait) {
      throw CommandFailure.usage("--wait-timeout needs --wait");
    }
  }
}
