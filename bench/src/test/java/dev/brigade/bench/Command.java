package dev.brigade.bench;

import dev.brigade.orders.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One call of {@code brigade} in this JVM, and what it printed. */
record Command(int exitCode, String out, String err) {
  static Command brigade(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new BenchMain())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Command(Commands.run(line, arguments), out.toString(), err.toString());
  }
}
