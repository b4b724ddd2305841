package dev.brigade.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exactly-once: tells the lane what to commit beside what it sends, and who this worker is to its
 * group. Confined to the poll thread.
 */
final class TransactionalCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalCommits.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Lane lane;
  private final long intervalNanos;
  private final Refusals refusals;
  private final Duration patience;
  private final Runnable forsaken;
  private long lastNanos = System.nanoTime();

  /**
   * @param patience with a group that refuses this worker and does not tell it so
   * @param forsaken called when it is over
   */
  TransactionalCommits(
      Consumer<byte[], byte[]> consumer,
      Lane lane,
      Duration interval,
      Refusals refusals,
      Duration patience,
      Runnable forsaken) {
    this.consumer = consumer;
    this.lane = lane;
    this.intervalNanos = interval.toNanos();
    this.refusals = refusals;
    this.patience = patience;
    this.forsaken = forsaken;
  }

  @Override
  public void memberChanged() {
    lane.member(consumer.groupMetadata());
  }

  @Override
  public void commitIfDue(Collection<Assignment> assignments) {
    memberChanged();
    lookForRefusals();
    long now = System.nanoTime();
    if (now - lastNanos < intervalNanos
        && assignments.stream().noneMatch(Assignment::waitsForCommit)) {
      return;
    }
    lastNanos = now;
    Positions.passWhatCarriesNoOrder(consumer, assignments);
    List<Assignment> changed = new ArrayList<>(0);
    for (Assignment assignment : assignments) {
      if (assignment.isOpen && assignment.mayCommit() && Progress.isNew(assignment)) {
        changed.add(assignment);
      }
    }
    if (!changed.isEmpty()) {
      lane.commitSoon(changed);
    }
  }

  private void lookForRefusals() {
    if (refusals.take(consumer.groupMetadata(), patience)) {
      forsaken.run();
    }
  }

  @Override
  public boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
    memberChanged();
    Positions.passWhatCarriesNoOrder(consumer, assignments);
    List<Assignment> open = assignments.stream().filter(assignment -> assignment.isOpen).toList();
    Future<?> done = lane.commitNow(open);
    try {
      done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("could not commit {} partitions within {}", open.size(), timeout);
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
