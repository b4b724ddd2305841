package dev.brigade.kitchen;

import dev.brigade.orders.Terminal;
import java.nio.charset.Charset;
import java.util.List;

/**
 * How a terminal can be drawn on: with colours or without, with block characters or plain ASCII.
 *
 * @param colours whether escape sequences for colours are welcome
 * @param bars characters of growing height, the first one empty
 * @param busy one chef at work
 * @param idle one chef waiting
 */
record Style(boolean colours, String bars, String busy, String idle) {
  static final String BOLD = "1";
  static final String DIM = "2";
  static final String RED = "31";
  static final String YELLOW = "33";
  static final String GREEN = "32";

  /** For telling workers apart. */
  static final List<String> DISTINCT = List.of("36", "33", "35", "32", "34");

  static final Style ASCII = new Style(false, " .:-=+*#%", "#", ".");
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

  static Style of(Terminal terminal) {
    String name = System.getProperty("sun.stderr.encoding", Charset.defaultCharset().name());
    return Charset.forName(name).newEncoder().canEncode(BLOCKS)
        ? new Style(terminal.colours(), BLOCKS, "●", "○")
        : new Style(terminal.colours(), ASCII.bars, ASCII.busy, ASCII.idle);
  }

  String paint(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  /** The bar for that value, out of the most there is. */
  char bar(double value, double most) {
    int highest = bars.length() - 1;
    int height = most <= 0 ? 0 : (int) Math.ceil(value / most * highest);
    return bars.charAt(Math.max(0, Math.min(highest, height)));
  }
}
