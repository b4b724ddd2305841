package dev.brigade.recipekit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The Java blocks of this repository's documents. */
final class DocumentedCode {
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```java\n(.*?)\n```\n");

  private DocumentedCode() {}

  static List<String> of(String document) {
    return BLOCK
        .matcher(read(Path.of("..", document)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
