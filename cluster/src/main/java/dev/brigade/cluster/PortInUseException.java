package dev.brigade.cluster;

/** Another program holds a port that a node needs. */
final class PortInUseException extends ClusterException {
  private static final long serialVersionUID = 1L;

  PortInUseException(String message) {
    super(message);
  }
}
