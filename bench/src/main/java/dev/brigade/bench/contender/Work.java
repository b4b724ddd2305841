package dev.brigade.bench.contender;

/** What a contender's process does between its start and its end. */
interface Work {
  /**
   * Works until told to stop.
   *
   * @throws Exception if it cannot go on; what is not committed is cooked again
   */
  void run() throws Exception;

  /**
   * Lets {@link #run} return once what cooks is finished and committed and the group is left.
   * Thread-safe, returns at once.
   */
  void stop();
}
