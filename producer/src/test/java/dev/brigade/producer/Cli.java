package dev.brigade.producer;

import dev.brigade.orders.Commands;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** What a command run in this JVM printed, and its exit code. */
record Cli(int exit, String out, String err) {
  /** {@code producer ARGS}. */
  static Cli producer(String... args) {
    return run(new CommandLine(new ProducerCommand()), args);
  }

  /** {@code load ARGS} with this on standard input. */
  static Cli load(byte[] stdin, String... args) {
    LoadCommand command =
        new LoadCommand(() -> Channels.newChannel(new ByteArrayInputStream(stdin)));
    return run(new CommandLine(command), args);
  }

  static Cli load(String stdin, String... args) {
    return load(stdin.getBytes(StandardCharsets.UTF_8), args);
  }

  private static Cli run(CommandLine command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = Commands.run(command, args);
    return new Cli(exit, out.toString(), err.toString());
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
