package dev.brigade.orders;

/** What a command's exit code tells. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The work failed or was partly refused; the summary says how. */
  public static final int FAILED = 1;

  /** Wrong usage: nothing was sent. */
  public static final int USAGE = 2;

  public static final int UNREACHABLE = 3;
  public static final int NOT_AUTHORISED = 4;

  /** The broker refused or fenced this worker id because another worker holds it. */
  public static final int WORKER_ID_TAKEN = 5;

  /** Nothing was seen to be wrong, but not all that was to be seen. */
  public static final int UNKNOWN = 6;

  public static final int INTERRUPTED = 130;
  public static final int TERMINATED = 143;

  private ExitCode() {}
}
