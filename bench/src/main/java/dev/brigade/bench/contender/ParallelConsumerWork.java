package dev.brigade.bench.contender;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelEoSStreamProcessor;
import io.confluent.parallelconsumer.PollContext;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Parallel Consumer at work: it polls, keeps order, sends what is cooked and commits, all by
 * itself. Stopped, it finishes what its threads hold and commits it.
 */
final class ParallelConsumerWork implements Work {
  private final ParallelEoSStreamProcessor<byte[], byte[]> processor;
  private final Cook cook;
  private final String orders;
  private final CountDownLatch stopped = new CountDownLatch(1);

  ParallelConsumerWork(ParallelConsumerOptions<byte[], byte[]> options, Cook cook, String orders) {
    this.processor = new ParallelEoSStreamProcessor<>(options);
    this.cook = cook;
    this.orders = orders;
  }

  @Override
  public void run() throws InterruptedException {
    processor.subscribe(List.of(orders));
    processor.pollAndProduceMany(this::cookAll);
    while (!stopped.await(1, TimeUnit.SECONDS)) {
      if (processor.isClosedOrFailed()) {
        throw new IllegalStateException("it gave up", processor.getFailureCause());
      }
    }
    processor.close();
  }

  private List<ProducerRecord<byte[], byte[]>> cookAll(PollContext<byte[], byte[]> batch) {
    return batch.getConsumerRecordsFlattened().stream().map(cook::cook).toList();
  }

  @Override
  public void stop() {
    stopped.countDown();
  }
}
