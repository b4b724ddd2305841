package dev.brigade.producer;

/** What a file is instead of UTF-8 text, told from its first bytes, and how it becomes text. */
enum Encoding {
  GZIP("gzip", "gunzip -c", 0x1f, 0x8b),
  ZSTD("zstd", "zstd -dc", 0x28, 0xb5, 0x2f, 0xfd),
  BZIP2("bzip2", "bunzip2 -c", 'B', 'Z', 'h'),
  XZ("xz", "xz -dc", 0xfd, '7', 'z', 'X', 'Z'),
  ZIP("a zip archive", "unzip -p", 'P', 'K', 3, 4),
  UTF_16_LE("UTF-16", "iconv -f UTF-16 -t UTF-8", 0xff, 0xfe),
  UTF_16_BE("UTF-16", "iconv -f UTF-16 -t UTF-8", 0xfe, 0xff);

  static final int LONGEST_MARK = 5;

  private final String words;
  private final String converter;
  private final int[] mark;

  Encoding(String words, String converter, int... mark) {
    this.words = words;
    this.converter = converter;
    this.mark = mark;
  }

  /**
   * @return where the text begins: behind the byte order mark, if there is one
   * @throws WrongEncodingException if it is not UTF-8 text
   */
  static int requireUtf8(byte[] bytes, int length) throws WrongEncodingException {
    for (Encoding encoding : values()) {
      if (startsWith(bytes, length, encoding.mark)) {
        throw new WrongEncodingException(encoding);
      }
    }
    return startsWith(bytes, length, 0xef, 0xbb, 0xbf) ? 3 : 0;
  }

  private static boolean startsWith(byte[] bytes, int length, int... mark) {
    if (length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  String words() {
    return words;
  }

  /** The program, with its arguments, that writes the text to its standard output. */
  String converter() {
    return converter;
  }
}
