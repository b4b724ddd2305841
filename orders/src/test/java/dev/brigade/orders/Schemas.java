package dev.brigade.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The published schemas, from {@code docs/schemas}. */
final class Schemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonSchema schema;

  private Schemas(JsonSchema schema) {
    this.schema = schema;
  }

  static Schemas named(String name) {
    Path file = directory().resolve(name + ".schema.json");
    try {
      return new Schemas(
          FACTORY.getSchema(
              Files.readString(file),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build()));
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  /** What every schema must itself obey; part of the validator's library. */
  static Schemas ofTheDraft() {
    return new Schemas(FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)));
  }

  static Path directory() {
    return Path.of("").toAbsolutePath().resolveSibling("docs").resolve("schemas");
  }

  Set<ValidationMessage> objections(JsonNode json) {
    return schema.validate(json);
  }
}
