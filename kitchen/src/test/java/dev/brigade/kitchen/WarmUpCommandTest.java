package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WarmUpCommandTest {
  @Test
  @Timeout(180)
  void itCooksOrdersInAWholeKitchenAndLoadsTheClassesOfEveryPart() throws Exception {
    // When
    Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    List.of("-Xlog:class+load:stdout"), ChildJvm.MAIN_CLASS, List.of("warm-up")))
            .redirectError(Redirect.INHERIT)
            .start();
    List<String> output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    // Then
    assertThat(process.waitFor()).isZero();
    assertThat(output).anyMatch(line -> line.contains("cooked 60, dead letters 0"));
    String loaded =
        output.stream().filter(line -> line.contains("class,load")).collect(Collectors.joining());
    assertThat(loaded)
        .contains(
            "kafka.server.BrokerServer ",
            "dev.brigade.orders.TopicInit ",
            "dev.brigade.producer.OrderSender ",
            "dev.brigade.worker.PollLoop ",
            "dev.brigade.monitor.WindowProcessor ",
            "org.apache.kafka.streams.processor.internals.StreamTask ");
  }
}
