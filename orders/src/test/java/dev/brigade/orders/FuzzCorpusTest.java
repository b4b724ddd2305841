package dev.brigade.orders;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing has found worth keeping (see CONTRIBUTING.md), one input in base64 per line. */
class FuzzCorpusTest {
  @ParameterizedTest
  @MethodSource("ordersCorpus")
  void noOrderOfTheCorpusBreaksItsReader(byte[] input) {
    assertThatNoException().isThrownBy(() -> OrderFuzz.fuzzerTestOneInput(input));
  }

  private static Stream<byte[]> ordersCorpus() throws IOException {
    return corpus("OrderFuzz");
  }

  @ParameterizedTest
  @MethodSource("endsOfOrdersCorpus")
  void noEndOfTheCorpusBreaksItsReader(byte[] input) {
    assertThatNoException().isThrownBy(() -> EndFuzz.fuzzerTestOneInput(input));
  }

  private static Stream<byte[]> endsOfOrdersCorpus() throws IOException {
    return corpus("EndFuzz");
  }

  private static Stream<byte[]> corpus(String target) throws IOException {
    try (var in = FuzzCorpusTest.class.getResourceAsStream("/fuzz/" + target + ".base64")) {
      byte[] text = Objects.requireNonNull(in, target).readAllBytes();
      return new String(text, StandardCharsets.US_ASCII).lines().map(Base64.getDecoder()::decode);
    }
  }
}
