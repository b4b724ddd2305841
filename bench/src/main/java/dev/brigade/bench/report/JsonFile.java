package dev.brigade.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A JSON file of a results directory: whole or not there, and readable for people. */
final class JsonFile {
  /** What a writer that died has left is no result: readers pass over such names. */
  static final String UNFINISHED = ".tmp";

  private static final ObjectWriter WRITER = Json.MAPPER.writerWithDefaultPrettyPrinter();

  /** What is missing is damage, not a default. */
  private static final ObjectReader READER =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private JsonFile() {}

  static String text(Object value) {
    return text(WRITER, value);
  }

  /** With the entries of all maps in the order of their keys. */
  static String sortedText(Object value) {
    return text(WRITER.with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS), value);
  }

  static JsonNode sortedTree(Object value) {
    try {
      return Json.MAPPER.readTree(sortedText(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written is JSON", e);
    }
  }

  private static String text(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a " + value.getClass().getSimpleName() + " has JSON", e);
    }
  }

  /** Replaces the file at once: a reader sees the old content or the new. */
  static void write(Path file, String text) {
    Path unfinished = file.resolveSibling("." + file.getFileName() + UNFINISHED);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("cannot write " + file + ": " + e, e);
    }
  }

  /**
   * @param remedy what to do about a damaged file
   * @return null if there is no such file
   */
  static <T> @Nullable T read(Path file, TypeReference<T> type, String remedy) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      T value = READER.forType(type).readValue(Files.readAllBytes(file));
      if (value == null) {
        throw damaged(file, "it holds null", remedy, null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage().lines().findFirst().orElse(""), remedy, e);
    } catch (IOException e) {
      throw failure("cannot read " + file + ": " + e, e);
    }
  }

  static CommandFailure damaged(Path file, String how, String remedy, @Nullable Exception cause) {
    return failure("%s is damaged (%s): %s".formatted(file, how, remedy), cause);
  }

  private static CommandFailure failure(String line, @Nullable Exception cause) {
    return new CommandFailure(ExitCode.FAILED, line, cause);
  }
}
