package dev.brigade.orders;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;

/**
 * Bytes that are not the record they should be. The message is one line and says what and where.
 */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

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
    if (e instanceof JsonMappingException mapping
        && !(mapping.getCause() instanceof StreamReadException)) {
      Throwable cause = mapping.getCause();
      return invalid(
          cause instanceof IllegalArgumentException || cause instanceof NullPointerException
              ? String.valueOf(cause.getMessage())
              : "wrong type at "
                  + mapping.getPathReference().replaceAll("dev\\.brigade\\.\\w+\\.", ""));
    }
    String what = e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.getMessage();
    if (e instanceof StreamConstraintsException) {
      return undecodable("JSON beyond the limits: " + what);
    }
    if (e instanceof JsonEOFException) {
      return undecodable("JSON ends too early" + at(e));
    }
    if (e instanceof JsonParseException) {
      return undecodable("not JSON: " + what + at(e));
    }
    return undecodable("not UTF-8 JSON: " + what);
  }

  private static String at(IOException e) {
    if (!(e instanceof JsonProcessingException p) || p.getLocation() == null) {
      return "";
    }
    JsonLocation location = p.getLocation();
    return location.getByteOffset() >= 0 ? " at byte " + location.getByteOffset() : "";
  }

  /** False if the bytes are not JSON at all, true if they are but break the record's rules. */
  public boolean isDecodable() {
    return decodable;
  }
}
