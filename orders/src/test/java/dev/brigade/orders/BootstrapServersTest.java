package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:9092",
        "a:1,b:65535",
        "a:1, b:2",
        "kafka_1.example.org:9092",
        "127.0.0.1:9092",
        "[::1]:9092"
      })
  void hostAndPortAreAccepted(String servers) {
    assertThatCode(() -> BootstrapServers.check(servers)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource
  void anythingElseIsWrongUsage(String servers, String message) {
    assertThatThrownBy(() -> BootstrapServers.check(servers))
        .isInstanceOfSatisfying(CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessage("--bootstrap-server " + message);
  }

  static Stream<Arguments> anythingElseIsWrongUsage() {
    return Stream.of(
        arguments("localhost", "'localhost': expected HOST:PORT, for example localhost:9092"),
        arguments("", "'': expected HOST:PORT, for example localhost:9092"),
        arguments(":9092", "':9092': expected HOST:PORT, for example localhost:9092"),
        arguments("a:1,", "'': expected HOST:PORT, for example localhost:9092"),
        arguments("a b:1", "'a b:1': expected HOST:PORT, for example localhost:9092"),
        arguments("::1:9092", "'::1:9092': expected HOST:PORT, for example localhost:9092"),
        arguments("http://a:1", "'http://a:1': expected HOST:PORT, for example localhost:9092"),
        arguments("a:", "'a:': the port is not a number"),
        arguments("a:kafka", "'a:kafka': the port is not a number"),
        arguments("a:-1", "'a:-1': the port is not a number"),
        arguments("a:99999999999", "'a:99999999999': the port is not a number"),
        arguments("a:0", "'a:0': the port must be 1 to 65535"),
        arguments("a:70000", "'a:70000': the port must be 1 to 65535"),
        arguments("a:1,b:70000", "'b:70000': the port must be 1 to 65535"));
  }

  @Test
  void aPasswordInAnAddressIsNotRepeated() {
    assertThatThrownBy(() -> BootstrapServers.check("chef:hunter2@broker:9092"))
        .hasMessage(
            "--bootstrap-server 'broker:9092': expected HOST:PORT, for example localhost:9092");
  }
}
