package dev.brigade.kitchen;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.brigade.orders.Batch;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.producer.ProducerCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/**
 * One order for each of some tables, placed at once.
 *
 * @param batch the id of the batch all of them are of
 */
record Dinner(String batch, List<Order> orders) {
  static Dinner of(String batch, String dish, Collection<String> tables) {
    List<Order> orders = new ArrayList<>();
    for (String table : tables) {
      orders.add(
          new Order(
              String.format(Locale.ROOT, "%s-%02d", batch, orders.size() + 1),
              dish,
              Instant.now(),
              table,
              null,
              new Batch(batch, tables.size()),
              NullNode.getInstance()));
    }
    return new Dinner(batch, List.copyOf(orders));
  }

  /**
   * Places it with {@code producer load}, in this JVM.
   *
   * @param file to be written for the producer
   * @return how many orders the brokers have acknowledged, which is all of them
   * @throws CommandFailure if they have not
   */
  int place(Path file, String bootstrapServers) {
    write(file);
    StringWriter err = new StringWriter();
    CommandLine producer =
        new CommandLine(new ProducerCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));
    int exitCode =
        Commands.run(
            producer, "load", file.toString(), "--bootstrap-server", bootstrapServers, "--quiet");
    if (exitCode != ExitCode.DONE) {
      throw new CommandFailure(exitCode, "placing orders failed: " + err.toString().strip());
    }
    return orders.size();
  }

  private void write(Path file) {
    try (OutputStream lines = Files.newOutputStream(file)) {
      for (Order order : orders) {
        lines.write(OrderCodec.encode(order));
        lines.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
