package dev.brigade.orders;

import org.jspecify.annotations.Nullable;

/**
 * What a command may show where. The launcher tells which of stdout and stderr are terminals (the
 * JVM itself only knows of both together): {@code -Dbrigade.terminal=12}.
 *
 * @param stdout whether stdout is a terminal
 * @param stderr whether stderr is one
 * @param colours whether escape sequences for colours are welcome there
 */
public record Terminal(boolean stdout, boolean stderr, boolean colours) {
  private static final String PROPERTY = "brigade.terminal";

  static Terminal of(boolean noColor) {
    String streams = System.getProperty(PROPERTY, "");
    @Nullable String environment = System.getenv("NO_COLOR");
    boolean colours = !noColor && (environment == null || environment.isEmpty());
    return new Terminal(streams.contains("1"), streams.contains("2"), colours);
  }
}
