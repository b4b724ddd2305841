package dev.brigade.worker;

import dev.brigade.bench.micro.Sample;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one order costs in the key queues: added with the rest of its poll, taken, ended. One thread
 * does it all, so this is without waiting for the lock.
 */
@State(Scope.Thread)
public class KeyQueuesBenchmark {
  /** As many as the worker polls at once. */
  private static final int POLLED = 500;

  @Param({"500", "10", "1"})
  public int keys;

  private final KeyQueues queues = new KeyQueues();
  private final Turn turn = queues.newTurn(0);
  private List<OpenOrder> ended = turn.takeEnded();
  private final List<OpenOrder> polled = new ArrayList<>();

  @Setup
  public void poll() {
    Assignment assignment = new Assignment(new TopicPartition("kitchen.orders", 0));
    for (int i = 0; i < POLLED; i++) {
      polled.add(
          new OpenOrder(Sample.read(Sample.order(i, i % keys), i), assignment, Ordering.KEY));
    }
  }

  @Benchmark
  @OperationsPerInvocation(POLLED)
  public void addTakeEnd() {
    queues.add(polled);
    for (int left = POLLED; left > 0; ) {
      queues.take(turn, ended);
      ended.clear();
      OpenOrder order;
      while ((order = turn.next()) != null) {
        turn.ended(order);
        turn.cooked(0);
        order.assignment.settle();
        left--;
      }
      ended = turn.takeEnded();
    }
  }
}
