package dev.brigade.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at the committed offsets all the time, on a thread of its own: they must never go back. */
final class CommittedOffsets implements AutoCloseable {
  private final TestKitchen kitchen;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::look, "committed-offsets");
  private final List<String> steps = new ArrayList<>();

  CommittedOffsets(TestKitchen kitchen) {
    this.kitchen = kitchen;
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    Map<Integer, Long> last = new HashMap<>();
    try {
      do {
        for (Map.Entry<Integer, Long> now : kitchen.committed().entrySet()) {
          Long before = last.put(now.getKey(), now.getValue());
          if (before != null && now.getValue() < before) {
            steps.add("partition " + now.getKey() + " from " + before + " to " + now.getValue());
          }
        }
      } while (!closing.await(20, TimeUnit.MILLISECONDS));
    } catch (Exception e) {
      steps.add("not looked at any more: " + e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (!steps.isEmpty()) {
      throw new AssertionError("committed offsets went back: " + steps);
    }
  }
}
