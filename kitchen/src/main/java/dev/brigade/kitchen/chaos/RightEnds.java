package dev.brigade.kitchen.chaos;

import dev.brigade.orders.ExitCode;
import java.time.Duration;

/**
 * Which processes end rightly without having been told to. One that starts while no broker answers
 * ends with {@link ExitCode#UNREACHABLE}. With the consumer protocol a worker that starts where one
 * was killed is refused until that one's session is over. One that is told to stop while brokers
 * are away may not get its last commit through. And an order may have been sent to end a worker.
 */
final class RightEnds implements Staff.Excuse {
  static final Duration STARTING = Duration.ofSeconds(60);

  private final ChaosPlan plan;
  private final Outages outages;

  RightEnds(ChaosPlan plan, Outages outages) {
    this.plan = plan;
    this.outages = outages;
  }

  @Override
  public boolean accepts(String name, int exitCode, Duration age, boolean told) {
    if (!name.equals(Arena.MONITOR) && exitCode == plan.exitCodeOfHarm()) {
      return true;
    }
    boolean isStarting = age.compareTo(STARTING) < 0;
    return switch (exitCode) {
      case ExitCode.UNREACHABLE -> isStarting && outages.isRecent();
      case ExitCode.WORKER_ID_TAKEN -> isStarting && plan.isWithConsumerProtocol();
      case ExitCode.FAILED -> told && outages.isRecent();
      default -> false;
    };
  }
}
