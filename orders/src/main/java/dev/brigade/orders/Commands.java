package dev.brigade.orders;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import picocli.CommandLine;

/** Runs a picocli command so that every failure becomes one line on stderr and an exit code. */
public final class Commands {
  /** Where a caller cannot tell which ACL operation was refused. */
  static final String UNNAMED_OPERATION = "access";

  private static final String NO_SECRETS =
      "a secret is never an argument: put it into a file and name that with --command-config";

  private static final Pattern SECRET =
      Pattern.compile("(?i)passw|passphrase|secret|token|jaas|credential");
  private static final Pattern SECRET_VALUE = Pattern.compile("(?i)(?:" + SECRET + ")\\S*=");

  /** The parser of {@code sasl.jaas.config} repeats what it does not understand. */
  private static final Pattern JAAS_PIECE = Pattern.compile("'[^']*' in JAAS config");

  private Commands() {}

  /**
   * @return the process's exit code; never throws for a failed command
   */
  public static int run(CommandLine commands, String... args) {
    commands
        .setCaseInsensitiveEnumValuesAllowed(true)
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
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return message;
    }
    String first = unmatched.getUnmatched().get(0);
    if (!unmatched.isUnknownOption()) {
      boolean command = !e.getCommandLine().getSubcommands().isEmpty();
      return (command ? "no command '" : "unexpected argument '") + first + "'" + similar(unmatched);
    }
    if (SECRET.matcher(first).find()) {
      return NO_SECRETS;
    }
    String option = first.split("=", 2)[0];
    return "unknown option " + option + similar(unmatched);
  }

  private static String similar(CommandLine.UnmatchedArgumentException unmatched) {
    List<String> similar = unmatched.getSuggestions();
    return similar.isEmpty() ? "" : ", did you mean " + similar.get(0) + "?";
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
    return explain(thrown, UNNAMED_OPERATION);
  }

  /**
   * As {@link #explain(Throwable)}.
   *
   * @param operation the ACL operation that what failed needs, for who lacks it: {@code WRITE}
   */
  public static CommandFailure explain(Throwable thrown, String operation) {
    Throwable e = cause(thrown);
    if (e instanceof CommandFailure failure) {
      return failure;
    }
    String message = message(e);
    if (e instanceof AuthorizationException) {
      return new CommandFailure(
          ExitCode.NOT_AUTHORISED, "not authorised: " + refused(e, operation), e);
    }
    if (e instanceof AuthenticationException) {
      return new CommandFailure(ExitCode.NOT_AUTHORISED, "not authenticated: " + message, e);
    }
    if (e instanceof FencedInstanceIdException || e instanceof UnreleasedInstanceIdException) {
      return new CommandFailure(
          ExitCode.WORKER_ID_TAKEN, "another worker holds this --worker-id: " + message, e);
    }
    if (e instanceof UnsupportedVersionException) {
      return new CommandFailure(ExitCode.FAILED, KafkaVersion.tooOld(message), e);
    }
    if (e instanceof UnknownTopicOrPartitionException) {
      return new CommandFailure(
          ExitCode.FAILED, "a topic does not exist (brigade init creates them): " + message, e);
    }
    if (e instanceof ConfigException) {
      return message.contains("resolvable bootstrap")
          ? new CommandFailure(
              ExitCode.UNREACHABLE, "cluster unreachable: cannot resolve --bootstrap-server", e)
          : new CommandFailure(ExitCode.USAGE, message, e);
    }
    if (e instanceof TimeoutException) {
      return new CommandFailure(ExitCode.UNREACHABLE, "cluster does not answer: " + message, e);
    }
    return new CommandFailure(ExitCode.FAILED, message, e);
  }

  /** The innermost exception that has something to tell. */
  private static Throwable cause(Throwable thrown) {
    Throwable e = thrown;
    while (e.getCause() != null
        && (e instanceof ExecutionException
            || e instanceof CompletionException
            || (e.getClass() == KafkaException.class
                && e.getCause() instanceof RuntimeException))) {
      e = e.getCause();
    }
    return e;
  }

  private static String refused(Throwable e, String operation) {
    if (e instanceof TopicAuthorizationException topics && !topics.unauthorizedTopics().isEmpty()) {
      return operation + " on topic " + String.join(", ", topics.unauthorizedTopics());
    }
    if (e instanceof GroupAuthorizationException group && group.groupId() != null) {
      return (operation.equals(UNNAMED_OPERATION) ? "READ" : operation)
          + " on group "
          + group.groupId();
    }
    return operation.equals(UNNAMED_OPERATION) ? message(e) : operation + " (" + message(e) + ")";
  }

  private static String message(Throwable e) {
    String own = e.getMessage();
    String message = own == null || own.isBlank() ? e.getClass().getSimpleName() : own.strip();
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
      message += ": " + cause.getMessage();
    }
    return JAAS_PIECE.matcher(message).replaceAll("in JAAS config");
  }
}
