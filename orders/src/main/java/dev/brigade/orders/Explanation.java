package dev.brigade.orders;

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
import org.jspecify.annotations.Nullable;

/** What went wrong, found among causes and put into the words and the exit code of a command. */
final class Explanation {

  /** The parser of {@code sasl.jaas.config} repeats what it does not understand. */
  private static final Pattern JAAS_PIECE = Pattern.compile(" '[^']*' in JAAS config");

  private Explanation() {}

  static CommandFailure of(Throwable thrown, @Nullable String permission) {
    Throwable e = cause(thrown);
    if (e instanceof CommandFailure failure) {
      return failure;
    }
    String message = message(e);
    if (e instanceof AuthorizationException) {
      return new CommandFailure(
          ExitCode.NOT_AUTHORISED,
          "not authorised: " + (permission != null ? permission : refused(e)),
          e);
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

  /** What was refused, as far as the broker's answer tells. */
  private static String refused(Throwable e) {
    if (e instanceof TopicAuthorizationException topics && !topics.unauthorizedTopics().isEmpty()) {
      return "access to topic " + String.join(", ", topics.unauthorizedTopics());
    }
    return e instanceof GroupAuthorizationException group && group.groupId() != null
        ? "READ on group " + group.groupId()
        : message(e);
  }

  private static String message(Throwable e) {
    String message = ownMessage(e);
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
      message += ": " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
    return JAAS_PIECE.matcher(message).replaceAll(" in JAAS config");
  }

  private static String ownMessage(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
  }
}
