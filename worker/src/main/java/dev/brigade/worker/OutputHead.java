package dev.brigade.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.Json;
import dev.brigade.orders.MalformedRecordException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of what a command writes, up to 1 MiB: its result. However much follows, no more is
 * kept. Thread-safe.
 */
final class OutputHead implements ShellCommand.Output {
  static final int MAX_BYTES = 1024 * 1024;
  static final String CUT = "…[cut]";

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  @Override
  public synchronized void take(byte[] bytes, int length) {
    int room = Math.min(length, MAX_BYTES - kept.size());
    kept.write(bytes, 0, room);
    cut |= room < length;
  }

  /**
   * The output's value if it is exactly one JSON document within the limits; null if it is blank;
   * else the output as text without its last line end. Text that was cut ends with {@link #CUT}.
   */
  synchronized JsonNode result() {
    if (cut) {
      return TextNode.valueOf(wholeCharacters(kept.toByteArray()) + CUT);
    }
    String text = kept.toString(StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return NullNode.getInstance();
    }
    try {
      return Json.readTree(kept.toByteArray());
    } catch (MalformedRecordException e) {
      return TextNode.valueOf(withoutLineEnd(text));
    }
  }

  private static String withoutLineEnd(String text) {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return line.endsWith("\r") && line.length() < text.length()
        ? line.substring(0, line.length() - 1)
        : line;
  }

  /** All but a character that the cut has left incomplete. */
  private static String wholeCharacters(byte[] utf8) {
    CharBuffer text = CharBuffer.allocate(utf8.length);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(utf8), text, false);
    return text.flip().toString();
  }
}
