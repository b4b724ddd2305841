package dev.brigade.worker;

/** The process in which an order was being cooked ended under it. */
final class TasterDied extends Exception {
  private static final long serialVersionUID = 1;

  /** 128 and SIGKILL's number, 128 and SIGTERM's: others than the order may have sent these. */
  private static final int KILLED = 137;

  private static final int TERMINATED = 143;

  private final int exitCode;

  TasterDied(int exitCode) {
    super("its process ended with exit code " + exitCode, null, false, false);
    this.exitCode = exitCode;
  }

  /** Whether somebody else may have ended the process. */
  boolean mayComeFromOutside() {
    return exitCode == KILLED || exitCode == TERMINATED;
  }
}
