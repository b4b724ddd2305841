package dev.brigade.bench;

import java.util.List;

/**
 * Somebody who does the work: a command line that is started as a process of its own and told by
 * its environment what to do.
 *
 * @param name short, for options, files and tables: {@code spring-batch-12}
 * @param description for people, one line
 * @param promise what it promises of the order of meals
 * @param command what is started
 */
public record Contender(
    String name, String description, OrderPromise promise, List<String> command) {
  public Contender {
    command = List.copyOf(command);
  }
}
