package dev.brigade.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Bytes that are not the record they should be. The message is one line and says what and where.
 */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What helps the parser's programmer only. */
  private static final Pattern PARSERS_WORDS =
      Pattern.compile(", from `[^`]*`|: enable `[^`]*` to allow");

  private final boolean decodable;

  private MalformedRecordException(boolean decodable, String message) {
    super(Text.shown(message), null, false, false);
    this.decodable = decodable;
  }

  /** Not JSON within the limits at all. */
  static MalformedRecordException undecodable(String message) {
    return new MalformedRecordException(false, message);
  }

  /** JSON, but not a valid record. */
  static MalformedRecordException invalid(String message) {
    return new MalformedRecordException(true, message);
  }

  static MalformedRecordException from(IOException e) {
    if (e instanceof JsonMappingException mapping) {
      return mapping.getCause() instanceof StreamReadException syntax
          ? from(syntax)
          : invalid(brokenRule(mapping));
    }
    String what = e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.getMessage();
    if (e instanceof StreamConstraintsException) {
      return undecodable("JSON beyond the limits: " + PARSERS_WORDS.matcher(what).replaceAll(""));
    }
    if (e instanceof JsonEOFException) {
      return undecodable("JSON ends too early" + at(e));
    }
    return undecodable("not JSON" + at(e) + ": " + PARSERS_WORDS.matcher(what).replaceAll(""));
  }

  private static String brokenRule(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() != null
                        ? "." + step.getFieldName()
                        : "[" + step.getIndex() + "]")
            .collect(Collectors.joining())
            .replaceFirst("^\\.", "");
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException) {
      return String.valueOf(cause.getMessage());
    }
    if (e instanceof InvalidFormatException format && format.getValue() instanceof String value) {
      return path + " has a value it cannot have: '" + value + "'";
    }
    return path + " is missing or has the wrong type";
  }

  private static String at(IOException e) {
    if (!(e instanceof JsonProcessingException p) || p.getLocation() == null) {
      return "";
    }
    long offset = p.getLocation().getByteOffset();
    return offset >= 0 ? " at byte " + offset : "";
  }

  /** False if the bytes are not JSON at all, true if they are but break the record's rules. */
  public boolean isDecodable() {
    return decodable;
  }
}
