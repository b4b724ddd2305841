package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.brigade.orders.Activity;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActivityFeedTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ActivityFeed feed =
      new ActivityFeed(producer, "kitchen.activity", "worker-1", InstantSource.system());

  @BeforeEach
  void tellOneThingAndEnd() {
    feed.happened(Activity.Type.STOPPED, null);
    feed.close();
  }

  @Test
  void tellsWhatIsWaitingBeforeItEnds() {
    feed.run();

    assertThat(producer.history())
        .singleElement()
        .satisfies(
            record ->
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .contains("\"type\":\"stopped\"", "\"worker\":\"worker-1\""));
  }

  @Test
  void endsQuietlyWhenTheProducerWasClosedBeforeIt() {
    producer.close();

    assertThatNoException().isThrownBy(feed::run);
  }
}
