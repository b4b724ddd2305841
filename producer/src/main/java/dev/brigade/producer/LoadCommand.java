package dev.brigade.producer;

import dev.brigade.orders.ClusterConnection;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Order;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brigade producer load}: the orders of a file or of standard input, one per line. */
@Command(
    name = "load",
    description = "Pushes the orders of a file: one JSON object per line (NDJSON).",
    sortOptions = false,
    footer = {
      "",
      "A line that is no valid order is written to the rejects file with its number and the "
          + "reason, and the rest goes on. A line equal to an earlier one (of the last million) is "
          + "sent once; one with the same id and another body is refused. Blank lines are skipped.",
      "With --resume, a line that is on the topic already is left out and counted; one whose "
          + "id is there with another body is refused. All of the topic is read for it, and read "
          + "again for what was sent; up to 68 bytes of memory per line.",
      "Exit code 0 if every order was acknowledged (and with --wait has ended; a dead letter "
          + "is an end), 1 if not or if a line was refused."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 2 * 1024 * 1024;
  private static final String STDIN = "-";

  private final Supplier<ReadableByteChannel> stdin;

  @Spec CommandSpec spec;
  @Mixin CommonOptions.Connection connection;
  @Mixin SendOptions sending;

  @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
  String file;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where refused lines go (default: FILE.rejects, stdin.rejects).")
  @Nullable Path rejects;

  @Option(
      names = "--resume",
      description = "Send only what is not on the topic yet: after a run that was killed.")
  boolean resume;

  /** For picocli. */
  LoadCommand() {
    this(() -> new FileInputStream(FileDescriptor.in).getChannel());
  }

  LoadCommand(Supplier<ReadableByteChannel> stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() throws IOException {
    sending.check();
    if (resume) {
      requireReadTwice();
    }
    try (InputFile input = open();
        RejectsFile refused = RejectsFile.at(rejectsPath(), input.path());
        ProgressLine progress = PushRun.progressLine(spec, connection)) {
      @Nullable OrderIndex index = resume ? new OrderIndex() : null;
      LoadedOrders orders = new LoadedOrders(input, lines(input), refused, progress, index);
      PushRun run = new PushRun(spec, connection, sending, progress);
      if (input.isRegular() && !orders.begin()) {
        return run.nothing(input.name() + " holds no orders");
      }
      return run.push(
          (cluster, partitions) ->
              index == null ? orders : resumed(orders, index, cluster, partitions, progress));
    }
  }

  /**
   * Reads the file a second time; that it changed in between is noticed at the end of the first.
   */
  private ResumedOrders resumed(
      LoadedOrders orders, OrderIndex index, ClusterConnection cluster, int partitions, Notes notes)
      throws IOException {
    try (InputFile again = open()) {
      notes.say("reading " + file + " and what " + cluster.kitchen().orders() + " holds of it");
      ResumedOrders resumed = ResumedOrders.begin(orders, index, lines(again), cluster, partitions);
      notes.say(
          String.format(Locale.ROOT, "%,d of %,d orders are there", index.onTopic(), index.size()));
      return resumed;
    }
  }

  private static LineReader lines(InputFile input) {
    return new LineReader(input.channel(), Order.MAX_VALUE_BYTES, BUFFER_BYTES);
  }

  private void requireReadTwice() {
    Path path = Path.of(file);
    boolean isStream = Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    if (file.equals(STDIN) || isStream) {
      throw CommandFailure.usage(
          "--resume reads its input twice, and " + file + " is a stream: name a file");
    }
  }

  private InputFile open() {
    return file.equals(STDIN)
        ? InputFile.ofStream("stdin", stdin.get())
        : InputFile.open(Path.of(file));
  }

  private Path rejectsPath() {
    if (rejects != null) {
      return rejects;
    }
    return Path.of((file.equals(STDIN) ? "stdin" : file) + ".rejects");
  }
}
