package dev.brigade.cluster;

import java.net.BindException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Why a broker did not start, in one line that passes from a broker process to its parent.
 *
 * @param portInUse whether another set of ports would help
 */
record StartFailure(boolean portInUse, String message) {
  private static final String PORT_IN_USE = "port-in-use ";
  private static final String OTHER = "failed ";

  /** The first cause says why, but only Kafka's wrapping of a failed bind says which port. */
  static StartFailure of(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isFailedBind(cause)) {
        return new StartFailure(true, oneLine(cause));
      }
      root = cause;
    }
    return new StartFailure(root instanceof BindException, oneLine(root));
  }

  private static String oneLine(Throwable cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return text.strip().replaceAll("\\s+", " ");
  }

  private static boolean isFailedBind(Throwable cause) {
    return cause instanceof KafkaException
        && String.valueOf(cause.getMessage()).contains("failed to bind");
  }

  static boolean isLine(String line) {
    return line.startsWith(PORT_IN_USE) || line.startsWith(OTHER);
  }

  /** What {@link #toLine()} made. */
  static StartFailure ofLine(String line) {
    return line.startsWith(PORT_IN_USE)
        ? new StartFailure(true, line.substring(PORT_IN_USE.length()))
        : new StartFailure(false, line.substring(OTHER.length()));
  }

  String toLine() {
    return (portInUse ? PORT_IN_USE : OTHER) + message;
  }

  ClusterException asException(String broker, @Nullable Throwable cause) {
    String text = "%s did not start: %s".formatted(broker, message);
    return portInUse ? new PortInUseException(text) : new ClusterException(text, cause);
  }
}
