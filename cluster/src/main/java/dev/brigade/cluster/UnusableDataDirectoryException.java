package dev.brigade.cluster;

import org.jspecify.annotations.Nullable;

/** The data directory asked for cannot hold this cluster: another one has to be named. */
public final class UnusableDataDirectoryException extends ClusterException {
  private static final long serialVersionUID = 1L;

  UnusableDataDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  UnusableDataDirectoryException(String message) {
    this(message, null);
  }
}
