package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void aTreeIsExactlyOneValue() throws Exception {
    JsonNode tree = Json.readTree(bytes(" {\"price\":1.50} "));
    assertThat(tree.toString()).isEqualTo("{\"price\":1.50}");
    assertThat(Json.readTree(bytes("null")).isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "1 2", "{} x", "{\"a\":1,\"a\":2}", "'a'", "NaN", "// 1\n1"})
  void whatIsNotExactlyOneValueIsNoTree(String text) {
    assertThatThrownBy(() -> Json.readTree(bytes(text)))
        .isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.isDecodable()).isFalse());
  }

  @Test
  void absentFieldsAreNotWritten() {
    assertThat(Json.writeText(Activity.Partition.named(3))).isEqualTo("{\"partition\":3}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
