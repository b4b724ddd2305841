package dev.brigade.producer;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Interrupts;
import dev.brigade.orders.Json;
import dev.brigade.orders.Kitchen;
import dev.brigade.orders.KitchenTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of a push command: check the topics, send everything, see every acknowledgement, follow
 * the orders to their ends if asked to, and say what became of them. Confined to one thread.
 */
final class PushRun {
  private final CommandSpec spec;
  private final CommonOptions.Connection connection;
  private final SendOptions options;
  private final ProgressLine progress;

  PushRun(
      CommandSpec spec,
      CommonOptions.Connection connection,
      SendOptions options,
      ProgressLine progress) {
    this.spec = spec;
    this.connection = connection;
    this.options = options;
    this.progress = progress;
  }

  static ProgressLine progressLine(CommandSpec spec, CommonOptions options) {
    boolean noted = !options.quiet();
    return new ProgressLine(
        spec.commandLine().getErr(), noted && options.terminal().stderr(), noted);
  }

  /**
   * The run that has nothing to send; the options are checked, the cluster is not asked.
   *
   * @param why for people
   */
  int nothing(String why) {
    connection.kitchen();
    connection.clientConfig();
    progress.say(why + ": nothing to do");
    if (connection.json()) {
      print(new RunSummary(0, 0, 0, 0, 0, null, null, null, false));
    }
    return ExitCode.DONE;
  }

  /** Makes the source of orders once the topics are known to be usable. */
  @FunctionalInterface
  interface Sources {
    /**
     * @param partitions of the topic of orders
     */
    OrderSource open(ClusterConnection cluster, int partitions) throws IOException;
  }

  /**
   * @return the exit code
   */
  int push(Sources sources) throws IOException {
    try (ClusterConnection cluster = ClusterConnection.open(connection)) {
      Kitchen kitchen = cluster.kitchen();
      KitchenTopics topics =
          KitchenTopics.read(
              cluster.admin(),
              kitchen,
              options.wait
                  ? List.of(kitchen.orders(), kitchen.meals(), kitchen.deadLetters())
                  : List.of(kitchen.orders()));
      int partitions =
          topics.requireUsable(options.strict, warning -> progress.say("warning: " + warning));
      if (!options.wait) {
        return send(cluster, sources, partitions, null, null);
      }
      OpenOrders open = new OpenOrders(partitions);
      try (EndsFollower follower =
          EndsFollower.over(
              cluster.clientConfig(),
              kitchen,
              topics.partitions(kitchen.meals()),
              topics.partitions(kitchen.deadLetters()),
              open)) {
        follower.start();
        return send(cluster, sources, partitions, open, follower);
      }
    }
  }

  private int send(
      ClusterConnection cluster,
      Sources sources,
      int partitions,
      @Nullable OpenOrders open,
      @Nullable EndsFollower follower)
      throws IOException {
    try (OrderSource source = sources.open(cluster, partitions)) {
      return send(cluster, source, open, follower);
    }
  }

  private int send(
      ClusterConnection cluster,
      OrderSource source,
      @Nullable OpenOrders open,
      @Nullable EndsFollower follower) {
    Interrupts interrupts = Interrupts.install();
    StopSignal stop = StopSignal.of(interrupts);
    String topic = cluster.kitchen().orders();
    try (OrderSender sender =
        new OrderSender(producer(cluster), topic, new Recorder(source, open))) {
      progress.start(new RunProgress(source, sender, open));
      long startedAt = System.nanoTime();
      @Nullable CommandFailure failure = pushAll(source, sender, stop);
      if (failure != null && failure.exitCode() == ExitCode.USAGE) {
        throw failure;
      }
      long sentAfter = millisSince(startedAt);
      RunSummary.@Nullable Ends ends = null;
      if (open != null && follower != null) {
        open.seal();
        failure = failure != null ? failure : await(follower, open, stop);
        follower.close();
        ends = ends(open, follower, millisSince(startedAt));
      }
      progress.close();
      RunSummary summary =
          new RunSummary(
              sender.sent(),
              sender.acknowledged(),
              sender.failed(),
              sentAfter,
              RunSummary.perSecond(sender.acknowledged(), sentAfter),
              source.batch(),
              source.intake(),
              ends,
              stop.isRequested());
      print(summary);
      if (failure != null) {
        throw failure;
      }
      return exitCode(summary, interrupts);
    }
  }

  private static Producer<byte[], byte[]> producer(ClusterConnection cluster) {
    try {
      return new KafkaProducer<>(OrderSender.config(cluster.clientConfig()));
    } catch (RuntimeException e) {
      throw Commands.explain(e);
    }
  }

  /** Passes what became of each order on to those who keep count. */
  private record Recorder(OrderSource source, @Nullable OpenOrders open)
      implements OrderSender.Outcomes {
    @Override
    public void acknowledged(int partition, long offset) {
      if (open != null) {
        open.acknowledged(partition, offset);
      }
    }

    @Override
    public void failed(long number, String reason) {
      source.notAcknowledged(number, reason);
    }
  }

  /** Returns with every outcome known, and why the sending ended early, if it did by itself. */
  private @Nullable CommandFailure pushAll(
      OrderSource source, OrderSender sender, StopSignal stop) {
    @Nullable CommandFailure failure = null;
    stop.enterSending();
    try {
      failure = pushSource(source, sender, stop);
      sender.flush();
    } catch (InterruptException e) {
      // The stop was requested; what is under way gets its time in close().
    } finally {
      stop.leaveSending();
    }
    sender.close();
    if (failure == null && sender.breakage() != null && !stop.isRequested()) {
      failure = explain(sender.breakage(), sender);
    }
    return failure;
  }

  private static @Nullable CommandFailure pushSource(
      OrderSource source, OrderSender sender, StopSignal stop) {
    try {
      source.pushTo(sender, stop);
      return null;
    } catch (IOException e) {
      return new CommandFailure(ExitCode.FAILED, "cannot read on: " + e.getMessage(), e);
    } catch (CommandFailure e) {
      return e;
    }
  }

  private CommandFailure explain(Exception breakage, OrderSender sender) {
    CommandFailure why = Commands.explain(breakage, "WRITE");
    boolean partly = sender.acknowledged() > 0 && why.exitCode() != ExitCode.NOT_AUTHORISED;
    return new CommandFailure(
        partly ? ExitCode.FAILED : why.exitCode(),
        "sending stopped after " + sender.sent() + " orders: " + why.getMessage(),
        breakage);
  }

  private @Nullable CommandFailure await(EndsFollower follower, OpenOrders open, StopSignal stop) {
    stop.onRequest(() -> follower.followed().cancel(false));
    try {
      if (options.waitTimeout == null) {
        follower.followed().get();
      } else {
        follower.followed().get(options.waitTimeout.toNanos(), TimeUnit.NANOSECONDS);
      }
      return null;
    } catch (TimeoutException e) {
      return new CommandFailure(
          ExitCode.FAILED,
          open.open() + " orders have not ended within " + options.waitTimeout.toMillis() + " ms",
          e);
    } catch (CancellationException e) {
      return null; // The stop was requested; the summary tells what is open.
    } catch (ExecutionException e) {
      return Commands.explain(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  private static RunSummary.Ends ends(OpenOrders open, EndsFollower follower, long millis) {
    return new RunSummary.Ends(
        open.cooked(),
        open.dead(),
        open.cookedTwice(),
        open.conflicting(),
        open.open(),
        follower.unreadable(),
        millis,
        RunSummary.Completion.of(follower.completionMicros()));
  }

  private static long millisSince(long startedAt) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
  }

  private static int exitCode(RunSummary summary, Interrupts interrupts) {
    if (summary.interrupted() && summary.failed() == 0) {
      return interrupts.exitCodeOr(ExitCode.FAILED);
    }
    return summary.isFailure() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void print(RunSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (connection.json()) {
      out.println(Json.writeText(summary));
    } else {
      summary.lines().forEach(out::println);
    }
    out.flush();
  }
}
