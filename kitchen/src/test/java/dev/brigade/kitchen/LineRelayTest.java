package dev.brigade.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineRelayTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private LineRelay relay(String text) {
    var from = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var relay = new LineRelay(from, "w-1 | ", new PrintStream(out));
    relay.run();
    return relay;
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyLineStandsBehindThePrefix() {
    LineRelay relay = relay("one\n\ntwö\n");
    assertThat(out()).isEqualTo("w-1 | one\nw-1 | \nw-1 | twö\n");
    assertThat(relay.lastLine()).isEqualTo("twö");
  }

  @Test
  void aLastLineWithoutItsEndIsPassedOn() {
    assertThat(relay("one\ntwo").lastLine()).isEqualTo("two");
    assertThat(out()).isEqualTo("w-1 | one\nw-1 | two\n");
  }

  @Test
  void blankLinesAreNoLastWords() {
    assertThat(relay("why\n \n\n").lastLine()).isEqualTo("why");
    assertThat(new LineRelay(new ByteArrayInputStream(new byte[0]), "", System.err).lastLine())
        .isEmpty();
  }

  @Test
  void aLineWithoutEndIsPassedOnInPieces() {
    relay("x".repeat(20_000) + "\ny\n");
    assertThat(out().lines().map(String::length)).containsExactly(8198, 8198, 3622, 7);
    assertThat(out().replace("w-1 | ", "").replace("\n", "")).isEqualTo("x".repeat(20_000) + "y");
  }
}
