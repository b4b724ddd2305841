package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the published schemas and the code against each other, in both directions. */
class SchemasTest {
  private static final int RECORDS = 500;
  private static final int MUTATIONS = 6_000;

  /** How the code writes and reads what a schema describes. */
  enum Described {
    ORDER("order") {
      @Override
      byte[] write(Generated generated) {
        return OrderCodec.encode(generated.order());
      }

      @Override
      void read(byte[] json) throws MalformedRecordException {
        OrderCodec.decode(json);
      }
    },
    MEAL("meal") {
      @Override
      byte[] write(Generated generated) {
        return MealCodec.encode(generated.meal());
      }

      @Override
      void read(byte[] json) throws MalformedRecordException {
        MealCodec.decode(json);
      }
    },
    ACTIVITY("activity") {
      @Override
      byte[] write(Generated generated) {
        return Json.write(generated.activity());
      }

      @Override
      void read(byte[] json) throws MalformedRecordException {
        Json.read(json, Activity.class);
      }
    },
    LATENCY_WINDOW("latency-window") {
      @Override
      byte[] write(Generated generated) {
        return Json.write(generated.latencyWindow());
      }

      @Override
      void read(byte[] json) throws MalformedRecordException {
        Json.read(json, LatencyWindow.class);
      }
    },
    DEAD_LETTER_HEADERS("dead-letter-headers") {
      @Override
      byte[] write(Generated generated) {
        Headers headers = new RecordHeaders();
        generated.deadLetter().writeTo(headers);
        return Json.write(DeadLetterTest.texts(headers));
      }

      @Override
      void read(byte[] json) throws MalformedRecordException {
        Headers headers = new RecordHeaders();
        Json.readTree(json)
            .fields()
            .forEachRemaining(
                header ->
                    headers.add(header.getKey(), header.getValue().textValue().getBytes(UTF_8)));
        DeadLetter.read(headers);
      }

      /** A header is text, whatever else JSON may be. */
      @Override
      boolean canBe(JsonNode json) {
        for (JsonNode header : json) {
          if (!header.isTextual()) {
            return false;
          }
        }
        return true;
      }
    };

    private final String schema;

    Described(String schema) {
      this.schema = schema;
    }

    abstract byte[] write(Generated generated);

    abstract void read(byte[] json) throws MalformedRecordException;

    boolean canBe(JsonNode json) {
      return true;
    }

    boolean isRead(JsonNode json) {
      try {
        read(json.toString().getBytes(UTF_8));
        return true;
      } catch (MalformedRecordException e) {
        return false;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaAllowsWhateverTheCodeWrites(Described described) throws Exception {
    Schemas schema = Schemas.named(described.schema);
    Generated generated = new Generated(47);
    for (int i = 0; i < RECORDS; i++) {
      JsonNode json = Json.readTree(described.write(generated));
      assertThat(schema.objections(json)).as(json.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCodeReadsWhatTheSchemaAllowsAndRefusesWhatItRefuses(Described described)
      throws Exception {
    Schemas schema = Schemas.named(described.schema);
    Generated generated = new Generated(48);
    Mutations mutations = new Mutations(generated);
    int allowed = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      // Given
      ObjectNode json = mutations.of((ObjectNode) Json.readTree(described.write(generated)));
      if (!described.canBe(json)) {
        continue;
      }

      // When
      boolean allows = schema.objections(json).isEmpty();

      // Then
      assertThat(described.isRead(json))
          .as("the schema %s %s", allows ? "allows" : "refuses", json)
          .isEqualTo(allows);
      if (allows) {
        allowed++;
      } else {
        refused++;
      }
    }
    assertThat(allowed).as("mutations that keep the rules").isGreaterThan(100);
    assertThat(refused).as("mutations that break a rule").isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaKnowsEveryFieldThatIsWritten(Described described) throws Exception {
    JsonNode schema = json(Schemas.directory().resolve(described.schema + ".schema.json"));
    Generated generated = new Generated(49);
    for (int i = 0; i < RECORDS; i++) {
      Json.readTree(described.write(generated))
          .fieldNames()
          .forEachRemaining(
              field -> assertThat(schema.get("properties").has(field)).as(field).isTrue());
    }
  }

  @Test
  void everySchemaIsHeldAgainstTheCode() throws Exception {
    try (Stream<Path> files = Files.list(Schemas.directory())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Described.values())
                  .map(described -> described.schema + ".schema.json")
                  .toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySchemaIsASchemaOfTheDraftItNames(Described described) throws Exception {
    JsonNode schema = json(Schemas.directory().resolve(described.schema + ".schema.json"));

    assertThat(Schemas.ofTheDraft().objections(schema)).isEmpty();
    assertThat(schema.get("$schema").textValue()).isEqualTo(SchemaId.V202012);
    assertThat(schema.get("$id").textValue()).isEqualTo("urn:brigade:" + described.schema);
  }

  @Test
  void theSchemaKnowsEveryReasonAndEveryType() throws Exception {
    Supplier<Stream<String>> reasons =
        () -> Stream.of(DeadLetterReason.values()).map(DeadLetterReason::wireName);
    JsonNode headers = json(Schemas.directory().resolve("dead-letter-headers.schema.json"));
    assertThat(headers.at("/properties/brigade.reason/enum")).isEqualTo(texts(reasons.get()));

    JsonNode activity = json(Schemas.directory().resolve("activity.schema.json"));
    assertThat(activity.at("/properties/type/enum"))
        .isEqualTo(
            texts(
                Stream.of(Activity.Type.values())
                    .map(type -> Json.MAPPER.convertValue(type, String.class))));
  }

  private static JsonNode texts(Stream<String> texts) {
    return texts.collect(
        JsonNodeFactory.instance::arrayNode,
        (array, text) -> array.add(text),
        (array, more) -> array.addAll(more));
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.MAPPER.readTree(Files.readString(file));
  }
}
