package dev.brigade.orders;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs a picocli command so that every failure becomes one line on stderr and an exit code. */
public final class Commands {
  private static final List<String> SECRETS = List.of("password", "secret", "token", "jaas");

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
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && namesSecret(unmatched.getUnmatched())) {
      message =
          "a secret is never an argument: put it into a file and name that with --command-config";
    }
    command.getErr().println(name + ": " + Text.shown(message) + " (see " + name + " --help)");
    return ExitCode.USAGE;
  }

  private static boolean namesSecret(List<String> arguments) {
    return arguments.stream()
        .map(argument -> argument.toLowerCase(Locale.ROOT))
        .anyMatch(argument -> SECRETS.stream().anyMatch(argument::contains));
  }

  private static int report(Exception e, CommandLine command, String... args) {
    CommandFailure failure = explain(e);
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + failure.getMessage());
    if (List.of(args).contains("--verbose")) {
      e.printStackTrace(command.getErr());
    }
    return failure.exitCode();
  }

  /** What went wrong, in the words and with the exit code a user can act on. */
  public static CommandFailure explain(Throwable thrown) {
    Throwable e = thrown;
    while ((e instanceof ExecutionException
            || e instanceof CompletionException
            || e.getClass() == KafkaException.class)
        && e.getCause() != null) {
      e = e.getCause();
    }
    if (e instanceof CommandFailure failure) {
      return failure;
    }
    String message = oneLine(e);
    if (e instanceof AuthorizationException) {
      return new CommandFailure(ExitCode.NOT_AUTHORISED, "not authorised: " + message, e);
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

  private static String oneLine(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
