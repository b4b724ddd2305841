package dev.brigade.producer;

import java.io.IOException;

/** Input that is no UTF-8 text as a whole, so that refusing it line by line would help nobody. */
final class WrongEncodingException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Encoding encoding;

  WrongEncodingException(Encoding encoding) {
    super("the input is " + encoding.words());
    this.encoding = encoding;
  }

  Encoding encoding() {
    return encoding;
  }
}
