package dev.brigade.worker;

import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Commands;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Kitchen;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Why the group does not let a worker in, or put it out, and what to do about it. */
final class GroupFailure {
  private GroupFailure() {}

  static CommandFailure explain(KafkaException e, Kitchen kitchen, WorkerOptions options) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException
          || cause instanceof UnreleasedInstanceIdException) {
        return idTaken(cause, kitchen, options);
      }
      if (cause instanceof InconsistentGroupProtocolException
          || cause instanceof GroupIdNotFoundException) {
        return otherProtocol(cause, kitchen, options);
      }
      if (cause instanceof UnsupportedVersionException
          && options.groupProtocol() == GroupProtocol.CONSUMER) {
        return unknownProtocol(cause);
      }
    }
    return Commands.explain(e);
  }

  private static CommandFailure idTaken(Throwable cause, Kitchen kitchen, WorkerOptions options) {
    String line =
        "another worker holds this --worker-id: "
            + options.workerId()
            + " in group "
            + kitchen.chefsGroup()
            + "; give each worker an id of its own";
    return new CommandFailure(
        ExitCode.WORKER_ID_TAKEN,
        options.groupProtocol() == GroupProtocol.CLASSIC
            ? line
            : line + " (that of a worker that crashed is free once its session timed out)",
        cause);
  }

  private static CommandFailure otherProtocol(
      Throwable cause, Kitchen kitchen, WorkerOptions options) {
    boolean consumer = options.groupProtocol() == GroupProtocol.CONSUMER;
    return new CommandFailure(
        ExitCode.FAILED,
        "group "
            + kitchen.chefsGroup()
            + " runs with the other group protocol and its brokers let none change: start with"
            + " --group-protocol "
            + (consumer ? "classic" : "consumer")
            + ", or stop all its workers first",
        cause);
  }

  private static CommandFailure unknownProtocol(Throwable cause) {
    return new CommandFailure(
        ExitCode.FAILED,
        "the brokers do not offer the consumer group protocol (Kafka 4.0 or newer has it, unless"
            + " turned off there): use --group-protocol classic",
        cause);
  }
}
