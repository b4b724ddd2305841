package dev.brigade.bench.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML with SVG in it. Text and attributes go in as they are and come out escaped: there is no way
 * to add markup that came from outside.
 */
final class Markup {
  private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * @param attributes names and values in turn
   */
  Markup open(String tag, String... attributes) {
    startTag(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  Markup close() {
    html.append("</").append(open.pop()).append('>');
    return open.size() < 4 ? newLine() : this;
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /** An element that holds nothing but text. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element that holds nothing. */
  Markup empty(String tag, String... attributes) {
    startTag(tag, attributes).append("/>");
    return this;
  }

  /**
   * @param css our own: it is not escaped
   */
  Markup style(String css) {
    html.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  Markup newLine() {
    html.append('\n');
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("open: " + open);
    }
    return html.toString();
  }

  private StringBuilder startTag(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
    return html;
  }

  private void escape(String text) {
    Inert.text(text)
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(character);
              }
            });
  }
}
