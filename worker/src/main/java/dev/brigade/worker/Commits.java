package dev.brigade.worker;

import java.time.Duration;
import java.util.Collection;

/**
 * Commits watermarks: an offset is committed only when every earlier order of its partition has its
 * end in the log; what is done past it goes into the metadata, and who holds the partition. Called
 * on the poll thread.
 */
interface Commits {
  /**
   * Commits as whom the group now takes this worker for, from here on; to be called first in a
   * rebalance's call, in which what is cooked is still committed.
   */
  void memberChanged();

  /** Commits what has changed, if it is time for it. Returns at once; to be called every turn. */
  void commitIfDue(Collection<Assignment> assignments);

  /**
   * Commits before partitions are given away; waits until that is done.
   *
   * @return false if it could not be committed: what is not is cooked again by the next owner
   */
  boolean commitNow(Collection<Assignment> assignments, Duration timeout);
}
