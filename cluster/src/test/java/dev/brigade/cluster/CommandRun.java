package dev.brigade.cluster;

import dev.brigade.orders.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import picocli.CommandLine;

/** What a command returned and printed. */
record CommandRun(int exitCode, List<String> out, List<String> err) {
  static CommandRun of(Object command, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = Commands.run(commands, args);
    return new CommandRun(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }

  /** As many runs as there are argument lists, all at once, in their order. */
  static List<CommandRun> allOf(Supplier<?> command, List<List<String>> arguments) {
    ExecutorService threads = Executors.newFixedThreadPool(arguments.size());
    try {
      return arguments.stream()
          .map(
              args ->
                  CompletableFuture.supplyAsync(
                      () -> of(command.get(), args.toArray(String[]::new)), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    } finally {
      threads.shutdown();
    }
  }
}
