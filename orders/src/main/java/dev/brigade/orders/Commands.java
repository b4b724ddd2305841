package dev.brigade.orders;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Runs a picocli command so that every failure becomes one line on stderr and an exit code. */
public final class Commands {
  private static final String NO_SECRETS =
      "a secret is never an argument: put it into a file and name that with --command-config";

  private static final Pattern SECRET =
      Pattern.compile("(?i)passw|passphrase|secret|token|jaas|credential");
  private static final Pattern SECRET_VALUE = Pattern.compile("(?i)(?:" + SECRET + ")\\S*=");

  private Commands() {}

  /**
   * @return the process's exit code; never throws for a failed command
   */
  public static int run(CommandLine commands, String... args) {
    commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setParameterExceptionHandler((e, rest) -> reportUsage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> report(e, command, args));
    return commands.execute(args);
  }

  private static int reportUsage(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + Text.shown(words(e)) + " (see " + name + " --help)");
    return ExitCode.USAGE;
  }

  /** Never the value of an option that is not known: it may be a secret. */
  private static String words(CommandLine.ParameterException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (SECRET_VALUE.matcher(message).find()) {
      return NO_SECRETS;
    }
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return message;
    }
    String first = unmatched.getUnmatched().get(0);
    if (!unmatched.isUnknownOption()) {
      Set<String> commands = e.getCommandLine().getSubcommands().keySet();
      return (commands.isEmpty() ? "unexpected argument '" : "no command '")
          + first
          + "'"
          + Spelling.hint(first, commands);
    }
    if (SECRET.matcher(first).find()) {
      return NO_SECRETS;
    }
    String option = first.split("=", 2)[0];
    return "unknown option "
        + option
        + Spelling.hint(option, e.getCommandLine().getCommandSpec().optionsMap().keySet());
  }

  private static int report(Exception e, CommandLine command, String... args) {
    CommandFailure failure = explain(e);
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + Text.onOneLine(String.valueOf(failure.getMessage())));
    if (List.of(args).contains("--verbose")) {
      e.printStackTrace(command.getErr());
    }
    return failure.exitCode();
  }

  /** What went wrong, in the words and with the exit code a user can act on. */
  public static CommandFailure explain(Throwable thrown) {
    return Explanation.of(thrown, null);
  }

  /**
   * As {@link #explain(Throwable)}.
   *
   * @param permission what somebody lacks if it is an ACL that is missing, for the broker's answer
   *     seldom tells: {@code WRITE on topic kitchen.orders}
   */
  public static CommandFailure explain(Throwable thrown, String permission) {
    return Explanation.of(thrown, permission);
  }
}
