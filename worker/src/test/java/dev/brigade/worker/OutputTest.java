package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutputTest {
  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of("42\n", IntNode.valueOf(42)),
        Arguments.of("\"quoted\"", TextNode.valueOf("quoted")),
        Arguments.of("null", NullNode.getInstance()),
        Arguments.of("", NullNode.getInstance()),
        Arguments.of(" \n", NullNode.getInstance()),
        Arguments.of("two words\n", TextNode.valueOf("two words")),
        Arguments.of("two words\r\n", TextNode.valueOf("two words")),
        Arguments.of("two words\r", TextNode.valueOf("two words\r")),
        Arguments.of("two words\n\n", TextNode.valueOf("two words\n")),
        Arguments.of("{} {}\n", TextNode.valueOf("{} {}")),
        Arguments.of("{\"a\":1,\"a\":2}", TextNode.valueOf("{\"a\":1,\"a\":2}")),
        Arguments.of("[".repeat(65) + "]".repeat(65), text("[".repeat(65) + "]".repeat(65))),
        Arguments.of("käse 🍔", TextNode.valueOf("käse 🍔")));
  }

  private static TextNode text(String text) {
    return TextNode.valueOf(text);
  }

  @ParameterizedTest
  @MethodSource("results")
  void outputIsJsonIfItIsOneDocumentAndElseText(String output, JsonNode expected) {
    OutputHead head = new OutputHead();

    write(head, output);

    assertThat(head.result()).isEqualTo(expected);
  }

  @Test
  void outputBeyondTheLimitIsCutAtAWholeCharacter() {
    OutputHead head = new OutputHead();

    // The limit falls between the two bytes of an ä.
    write(head, "x");
    for (int i = 0; i < 1024; i++) {
      write(head, "ä".repeat(1024));
    }

    String result = head.result().textValue();
    assertThat(result).isEqualTo("x" + "ä".repeat(OutputHead.MAX_BYTES / 2 - 1) + "…[cut]");
  }

  @Test
  void outputOfExactlyTheLimitIsWhole() {
    OutputHead head = new OutputHead();

    write(head, "x".repeat(OutputHead.MAX_BYTES));

    assertThat(head.result().textValue()).isEqualTo("x".repeat(OutputHead.MAX_BYTES));
  }

  @Test
  void theTailIsTheLastThreeLinesThatSaySomething() {
    OutputTail tail = new OutputTail();

    write(tail, "one\ntwo\n\nth");
    write(tail, "ree\n  \n four\u001b[2J\n");

    assertThat(tail.lastLines()).isEqualTo("two | three | four?[2J");
  }

  @Test
  void theTailIsBoundedHoweverMuchIsWritten() {
    OutputTail tail = new OutputTail();

    for (int i = 0; i < 1000; i++) {
      write(tail, i + " " + "x".repeat(i * 10) + "\n");
    }
    write(tail, "the end");

    assertThat(tail.lastLines()).endsWith("… | the end").hasSizeLessThan(700);
  }

  @Test
  void theTailOfSilenceIsEmpty() {
    OutputTail tail = new OutputTail();

    assertThat(tail.lastLines()).isEmpty();
  }

  private static void write(ShellCommand.Output output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.take(bytes, bytes.length);
  }
}
