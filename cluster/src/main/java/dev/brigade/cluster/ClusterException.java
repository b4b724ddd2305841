package dev.brigade.cluster;

import org.jspecify.annotations.Nullable;

/** A cluster that cannot start or go on; the message is one line that says what, where and why. */
public class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public ClusterException(String message) {
    this(message, null);
  }
}
