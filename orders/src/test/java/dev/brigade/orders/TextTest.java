package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void whatCouldMoveTheCursorOrHideIsShownAsAQuestionMark() {
    assertThat(Text.shown("a\u001b[2Jb\r\nc\td\u0000e\u009bf\u2028g\u202eh\ud800i"))
        .isEqualTo("a?[2Jb??c?d?e?f?g?h?i");
  }

  @Test
  void ordinaryTextIsShownAsItIs() {
    assertThat(Text.shown("Crème brûlée 🍮, 寿司 (\"2\")")).isEqualTo("Crème brûlée 🍮, 寿司 (\"2\")");
  }

  @Test
  void longTextIsCutAfterAWholeCharacter() {
    assertThat(Text.shown("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(Text.shown("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
    assertThat(Text.shown("🍔".repeat(300))).isEqualTo("🍔".repeat(200) + "…");
  }

  @Test
  void utf8IsCutAfterAWholeCharacter() {
    assertThat(Text.cutToUtf8Bytes("abc", 3)).isEqualTo("abc");
    assertThat(Text.cutToUtf8Bytes("abcd", 3)).isEqualTo("abc");
    assertThat(Text.cutToUtf8Bytes("é", 1)).isEmpty();
    assertThat(Text.cutToUtf8Bytes("a🍔", 4)).isEqualTo("a");
    assertThat(Text.cutToUtf8Bytes("a🍔", 5)).isEqualTo("a🍔");
    assertThat(Text.cutToUtf8Bytes("", 0)).isEmpty();
  }

  @Test
  void theCutIsTheLongestThatFits() {
    Generated generated = new Generated(5);
    for (int i = 0; i < 1_000; i++) {
      String text = generated.text(generated.below(40));
      int limit = generated.below(60);

      String cut = Text.cutToUtf8Bytes(text, limit);

      assertThat(text).startsWith(cut);
      assertThat(cut.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(limit);
      if (!cut.equals(text)) {
        String longer = text.substring(0, text.offsetByCodePoints(cut.length(), 1));
        assertThat(longer.getBytes(UTF_8)).hasSizeGreaterThan(limit);
      }
    }
  }
}
