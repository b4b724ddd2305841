package dev.brigade.producer;

import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.Order;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
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
      "A line that is no valid order is written to the rejects file with its number and the reason,",
      "and the rest goes on. A line equal to an earlier one (of the last million) is sent once; one",
      "with the same id and another body is refused. Blank lines are skipped.",
      "Exit code 0 if every order was acknowledged (and with --wait has ended; a dead letter is an",
      "end), 1 if not or if a line was refused."
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
    try (InputFile input = open();
        RejectsFile refused = RejectsFile.at(rejectsPath(), input.path());
        ProgressLine progress = PushRun.progressLine(spec, connection)) {
      LineReader lines = new LineReader(input.channel(), Order.MAX_VALUE_BYTES, BUFFER_BYTES);
      LoadedOrders orders = new LoadedOrders(input, lines, refused, progress);
      PushRun run = new PushRun(spec, connection, sending, progress);
      if (input.isRegular() && !orders.begin()) {
        return run.nothing(input.name() + " holds no orders");
      }
      return run.push(() -> orders);
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
