package dev.brigade.worker;

/** No process could be started to cook an order in, which says nothing about the order. */
final class NoTaster extends Exception {
  private static final long serialVersionUID = 1;

  NoTaster(Exception cause) {
    super("no taster can be started: " + cause.getMessage(), cause);
  }
}
