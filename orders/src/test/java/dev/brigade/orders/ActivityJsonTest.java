package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivityJsonTest {
  private static final Instant TIME = Instant.parse("2026-11-20T16:35:49Z");
  private static final String START =
      "{\"worker\":\"w-3\",\"host\":\"h\",\"pid\":42,\"at\":\"2026-11-20T16:35:49Z\",";

  @Test
  void whateverIsWrittenIsReadBack() throws Exception {
    Generated generated = new Generated(44);
    for (int i = 0; i < 1_000; i++) {
      Activity activity = generated.activity();
      assertThat(Json.read(Json.write(activity), Activity.class)).isEqualTo(activity);
    }
  }

  @Test
  void aReportHasTheContractsFields() {
    Activity report =
        new Activity(
            "w-3",
            "h",
            42,
            TIME,
            Activity.Type.REPORT,
            List.of(new Activity.Partition(5, 100L, 90L, 10, false)),
            null,
            new Activity.Counts(16, 3, 1000, 7, 1),
            null);

    assertThat(Json.writeText(report))
        .isEqualTo(
            START
                + "\"type\":\"report\","
                + "\"partitions\":[{\"partition\":5,\"position\":100,\"committed\":90,"
                + "\"inFlight\":10,\"paused\":false}],"
                + "\"counts\":{\"chefs\":16,\"busy\":3,\"cooked\":1000,\"failed\":7,\"dead\":1}}");
  }

  @Test
  void aFailedTryHasTheContractsFields() {
    Activity failed =
        new Activity(
            "w-3",
            "h",
            42,
            TIME,
            Activity.Type.CHEF_FAILED,
            null,
            new Activity.FailedOrder("o-1", "soup", 5, 123, 7, 2, "burnt", 250L),
            null,
            "burnt");

    assertThat(Json.writeText(failed))
        .isEqualTo(
            START
                + "\"type\":\"chef-failed\",\"order\":{\"id\":\"o-1\",\"dish\":\"soup\","
                + "\"partition\":5,\"offset\":123,\"chef\":7,\"attempt\":2,\"reason\":\"burnt\","
                + "\"retryMillis\":250},\"message\":\"burnt\"}");
  }

  @Test
  void theTypesHaveTheContractsNames() {
    assertThat(Stream.of(Activity.Type.values()).map(Json::writeText))
        .containsExactly(
            "\"started\"",
            "\"assigned\"",
            "\"revoked\"",
            "\"lost\"",
            "\"blocked\"",
            "\"unblocked\"",
            "\"retrying\"",
            "\"chef-failed\"",
            "\"breaker-open\"",
            "\"breaker-closed\"",
            "\"draining\"",
            "\"stopped\"",
            "\"report\"");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsMissingOrWrongIsNamed(String json, String message) {
    MalformedRecordException refusal =
        catchThrowableOfType(
            MalformedRecordException.class, () -> Json.read(json.getBytes(UTF_8), Activity.class));

    assertThat(refusal.isDecodable()).isTrue();
    assertThat(refusal).hasMessage(message);
  }

  static Stream<Arguments> whatIsMissingOrWrongIsNamed() {
    return Stream.of(
        arguments("[]", "expected a JSON object, found an array"),
        arguments("null", "expected a JSON object, found null"),
        arguments("{}", "pid is missing or has the wrong type"),
        arguments("{\"pid\":1}", "worker is missing"),
        arguments("{\"pid\":1,\"worker\":\"\"}", "worker must not be empty"),
        arguments("{\"pid\":1,\"worker\":\"w\"}", "host is missing"),
        arguments("{\"pid\":1,\"worker\":\"w\",\"host\":\"h\"}", "at is missing"),
        arguments(
            "{\"pid\":1,\"worker\":\"w\",\"host\":\"h\",\"at\":\"2026-11-20T16:35:49Z\"}",
            "type is missing"),
        arguments("{\"pid\":\"42\"}", "pid is missing or has the wrong type"),
        arguments("{\"pid\":1,\"host\":5}", "host is missing or has the wrong type"),
        arguments("{\"pid\":1,\"at\":1795192549}", "at is missing or has the wrong type"),
        arguments("{\"at\":\"1795192549\"}", "at has a value it cannot have: '1795192549'"),
        arguments("{\"type\":\"asleep\"}", "type has a value it cannot have: 'asleep'"),
        arguments("{\"type\":10}", "type is missing or has the wrong type"),
        arguments("{\"counts\":{\"chefs\":1.5}}", "counts.chefs is missing or has the wrong type"),
        arguments(
            "{\"partitions\":[{\"partition\":1},{\"partition\":true}]}",
            "partitions[1].partition is missing or has the wrong type"),
        arguments(
            START + "\"type\":\"report\",\"partitions\":[null]}", "each of partitions is missing"),
        arguments(
            START + "\"type\":\"report\",\"partitions\":[{\"partition\":-1}]}",
            "partition must be at least 0, but is -1"));
  }

  @Test
  void garbageIsUndecodable() {
    for (String garbage : List.of("", "{", "{} {}", "{\"counts\":{\"chefs\":x}}")) {
      MalformedRecordException refusal =
          catchThrowableOfType(
              MalformedRecordException.class,
              () -> Json.read(garbage.getBytes(UTF_8), Activity.class));
      assertThat(refusal.isDecodable()).as(garbage).isFalse();
    }
    assertThat(
            catchThrowableOfType(
                MalformedRecordException.class, () -> Json.read(null, Activity.class)))
        .hasMessage("the record has no value");
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    Activity activity =
        Json.read(
            (START + "\"type\":\"stopped\",\"mood\":{\"pid\":\"x\"}}").getBytes(UTF_8),
            Activity.class);
    assertThat(activity.type()).isEqualTo(Activity.Type.STOPPED);
  }
}
