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
 * @param supervisor whether that starts processes which do the work, and others when they die: then
 *     one of those is killed and not the supervisor
 */
public record Contender(
    String name,
    String description,
    OrderPromise promise,
    List<String> command,
    boolean supervisor) {
  public Contender {
    command = List.copyOf(command);
  }

  /** One whose process does the work itself. */
  public Contender(String name, String description, OrderPromise promise, List<String> command) {
    this(name, description, promise, command, false);
  }

  Contender named(String other) {
    return new Contender(other, description, promise, command, supervisor);
  }

  Contender asSupervisor() {
    return new Contender(name, description, promise, command, true);
  }
}
