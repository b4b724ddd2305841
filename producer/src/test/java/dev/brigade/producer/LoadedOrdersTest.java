package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.Json;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedOrdersTest {
  private static final String GOOD = order("good");
  private static final String LAST = order("last");

  private final Path directory;

  private final SentOrders sent = new SentOrders(true);
  private final List<String> notes = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private @Nullable OrderIndex index;

  LoadedOrdersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void validLinesAreSentAsTheyAreWithTheirTableAsKeyElseTheirId() throws Exception {
    // Given spacing, field order, unknown fields and escapes that an encoder would change
    String odd =
        "  { \"dish\" : \"soup\",\"x\":[1.10], \"id\":\"\\u00e9-1\",\"placedAt\":"
            + "\"2026-11-20T16:35:49Z\",\"table\":\"t-é\" } ";

    // When
    OrderSource.Intake intake = load(odd + "\n" + GOOD);

    // Then
    assertThat(sent.values()).containsExactly(odd, GOOD);
    assertThat(sent.keys()).containsExactly("t-é", "good");
    assertThat(intake).isEqualTo(new OrderSource.Intake(2, 0, 0, null, null, null));
    assertThat(directory.resolve("rejects")).doesNotExist();
    assertThat(notes).isEmpty();
  }

  @Test
  void byteOrderMarkAndForeignLineEndsAreAccepted() throws Exception {
    OrderSource.Intake intake = load("\ufeff" + GOOD + "\r\n\r\n" + LAST);

    assertThat(sent.values()).containsExactly(GOOD, LAST);
    assertThat(intake.refused()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":\"a\",\"dish\":|JSON ends too early",
        "{\"id\":\"a\"|JSON ends too early",
        "{}|id is missing",
        "{\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|id is missing",
        "{\"id\":\"\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|id must have 1 to 128",
        "{\"id\":7,\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|id must be a string",
        "{\"id\":\"a\\u0007\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|id holds a control",
        "{\"id\":\"a\\u0000\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|id holds a control",
        "{\"id\":\"a\",\"id\":\"b\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|Duplicate field 'id'",
        "{\"id\":\"a\",\"dish\":\"so up\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|dish must match",
        "{\"id\":\"a\",\"dish\":\"\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|dish must match",
        "{\"id\":\"a\",\"placedAt\":\"2026-11-20T16:35:49Z\"}|dish is missing",
        "{\"id\":\"a\",\"dish\":\"soup\"}|placedAt is missing",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"yesterday\"}|placedAt: not a time",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"2026-13-20T16:35:49Z\"}|placedAt: not a time",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":1763656549}|placedAt must be a string",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\",\"deadline\":\"soon\"}|deadline: not a time",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"} {}|something follows",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\"}]|not JSON",
        "[]|expected a JSON object, found an array",
        "null|expected a JSON object, found null",
        "id,dish,placedAt|not JSON",
        "{'id':'a'}|not JSON",
        "{\"id\":\"a\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\",\"payload\":NaN}|not JSON"
      })
  void aBadLineIsRefusedWithItsReasonAndTheRestGoesOn(String line, String reason) throws Exception {
    assertRefused(line.getBytes(StandardCharsets.UTF_8), reason);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWhereverTheyStand() throws Exception {
    byte[] line = order("a", "\"payload\":\"x?y\"").getBytes(StandardCharsets.UTF_8);
    int at = new String(line, StandardCharsets.UTF_8).indexOf('?');
    line[at] = (byte) 0xff;

    assertRefused(line, "not UTF-8 at byte " + at);
  }

  @Test
  void anOverlongEncodingInAFieldNobodyReadsIsRefusedToo() throws Exception {
    byte[] line = order("a", "\"unknown\":\"x??y\"").getBytes(StandardCharsets.UTF_8);
    int at = new String(line, StandardCharsets.UTF_8).indexOf("??");
    line[at] = (byte) 0xc0;
    line[at + 1] = (byte) 0x80;

    assertRefused(line, "not UTF-8 at byte " + at);
  }

  @Test
  void aRawNulIsRefused() throws Exception {
    assertRefused(order("a\0b").getBytes(StandardCharsets.UTF_8), "not JSON");
    assertRefused(new byte[3], "not JSON");
  }

  @Test
  void depthBeyondTheLimitIsRefusedInAnyField() throws Exception {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertRefused(order("a", "\"payload\":" + deep), "JSON beyond the limits");
    assertRefused(order("a", "\"unknown\":" + deep), "JSON beyond the limits");
  }

  @Test
  void aNumberOfTenThousandDigitsIsRefusedInAnyField() throws Exception {
    assertRefused(order("a", "\"payload\":" + "7".repeat(10_000)), "JSON beyond the limits");
    assertRefused(order("a", "\"unknown\":" + "7".repeat(10_000)), "JSON beyond the limits");
    assertRefused(order("a", "\"unknown\":1." + "7".repeat(10_000)), "JSON beyond the limits");
  }

  @Test
  void anIdOfTenKilobytesIsRefused() throws Exception {
    assertRefused(order("x".repeat(10_000)), "id must have 1 to 128 characters, but has 10000");
  }

  @Test
  void aDuplicateKeyIsRefusedWhereverItStands() throws Exception {
    assertRefused(order("a", "\"payload\":{\"x\":1,\"x\":2}"), "Duplicate field 'x'");
    assertRefused(order("a", "\"unknown\":{\"x\":1,\"x\":2}"), "Duplicate field 'x'");
  }

  @Test
  void aLineIsAcceptedUpToTheLimitAndRefusedBeyondIt() throws Exception {
    String frame = order("a", "\"payload\":\"\"");
    String longest =
        order("a", "\"payload\":\"" + "x".repeat(Order.MAX_VALUE_BYTES - frame.length()) + "\"");
    assertThat(longest).hasSize(Order.MAX_VALUE_BYTES);

    load(longest);

    assertThat(directory.resolve("rejects")).doesNotExist();
    assertThat(sent.values()).containsExactly(longest);

    assertRefused(
        longest.replace("\"a\"", "\"ab\""), "the line has 921601 bytes, the limit is 921600");
  }

  @Test
  void aRejectTellsLineReasonSizeAndBeginning() throws Exception {
    String line = "{\"id\":" + "x".repeat(500);

    load(GOOD + "\n\n" + line + "\n" + LAST);

    JsonNode reject = rejects().get(0);
    assertThat(reject.get("line").asLong()).isEqualTo(3);
    assertThat(reject.get("reason").asText()).startsWith("not JSON at byte 6: ");
    assertThat(reject.get("bytes").asLong()).isEqualTo(line.length());
    assertThat(reject.get("text").asText()).isEqualTo(line.substring(0, 200) + "…");
  }

  @Test
  void anOrderThatComesAgainIsNotedOnceAndSentOnce() throws Exception {
    OrderSource.Intake intake = load(String.join("\n", GOOD, LAST, GOOD, GOOD, LAST));

    assertThat(sent.values()).containsExactly(GOOD, LAST);
    assertThat(intake).isEqualTo(new OrderSource.Intake(5, 0, 3, null, null, null));
    assertThat(notes)
        .containsExactly(
            "line 3 is the same order as line 1: sent once (further ones are counted only)");
  }

  @Test
  void anIdThatComesAgainWithAnotherBodyIsRefused() throws Exception {
    String other = order("good", "\"table\":\"t-2\"");

    OrderSource.Intake intake = load(String.join("\n", GOOD, other, GOOD));

    assertThat(sent.values()).containsExactly(GOOD);
    assertThat(intake.refused()).isEqualTo(1);
    assertThat(intake.repeated()).isEqualTo(1);
    assertThat(rejects().get(0).get("reason").asText())
        .isEqualTo("id 'good' was on line 1 already, with another body");
  }

  @Test
  void aRefusedLineDoesNotTakeItsIdAway() throws Exception {
    load(order("good", "\"deadline\":7") + "\n" + GOOD);

    assertThat(sent.values()).containsExactly(GOOD);
  }

  @Test
  void anEmptyInputIsNoted() throws Exception {
    load("\n \r\n");

    assertThat(sent.values()).isEmpty();
    assertThat(notes)
        .containsExactly(directory.resolve("orders") + " holds no orders: nothing was sent");
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsNoticed() throws Exception {
    assertChangeNoticed(
        path -> Files.writeString(path, LAST, StandardOpenOption.APPEND), "bytes, then");
  }

  @Test
  void aFileThatIsRewrittenWhileItIsReadIsNoticed() throws Exception {
    assertChangeNoticed(
        path -> {
          Files.writeString(path, GOOD.replace("soup", "stew"));
          Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        },
        "it was written to");
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsNoticed() throws Exception {
    assertChangeNoticed(
        path -> {
          Path other = directory.resolve("other");
          Files.copy(path, other, StandardCopyOption.COPY_ATTRIBUTES);
          Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        },
        "another file took its place");
  }

  @Test
  void aFileThatIsRemovedWhileItIsReadIsNoticed() throws Exception {
    assertChangeNoticed(Files::delete, "it was removed");
  }

  private interface Change {
    void to(Path path) throws IOException;
  }

  private void assertChangeNoticed(Change change, String how) throws Exception {
    Path path = Files.writeString(directory.resolve("orders"), GOOD);
    try (InputFile input = InputFile.open(path);
        RejectsFile rejects = RejectsFile.at(directory.resolve("rejects"), path)) {
      // Given a file that changes as soon as its bytes were read
      ReadableByteChannel meddling =
          new ReadableByteChannel() {
            private boolean changed;

            @Override
            public int read(ByteBuffer to) throws IOException {
              int read = input.channel().read(to);
              if (read < 0 && !changed) {
                changed = true;
                change.to(path);
              }
              return read;
            }

            @Override
            public boolean isOpen() {
              return input.channel().isOpen();
            }

            @Override
            public void close() {}
          };
      LoadedOrders orders =
          new LoadedOrders(input, new LineReader(meddling, 1000, 2000), rejects, notes::add);

      // When / Then
      assertThatThrownBy(() -> orders.pushTo(sent.sender, stop))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("changed while it was read")
          .hasMessageContaining(how);
      assertThat(orders.intake().changed()).contains(how);
      assertThat(sent.values()).containsExactly(GOOD);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b08, gzip, gunzip -c",
    "28b52ffd, zstd, zstd -dc",
    "504b0304, a zip archive, unzip -p",
    "fffe7b00, UTF-16, iconv -f UTF-16 -t UTF-8"
  })
  void whatIsNotTextIsWrongUsageWithTheWayOut(String hex, String what, String converter)
      throws Exception {
    Path path = directory.resolve("orders");
    byte[] bytes = HexFormat.of().parseHex(hex);
    Files.write(path, bytes);

    assertThatThrownBy(() -> load(Files.readAllBytes(path)))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessage(
            path
                + " is "
                + what
                + ", expected UTF-8 text: "
                + converter
                + " "
                + path
                + " | brigade producer load -");
    assertThat(sent.values()).isEmpty();
  }

  @Test
  void withAnIndexOnlyWhatIsMissingOnTheTopicIsSent() throws Exception {
    OrderIndex known = index(GOOD, order("x"), LAST);
    known.foundOnTopic(Hash64.of("good"), hash(GOOD));
    known.foundOnTopic(Hash64.of("x"), hash(order("x", "\"table\":\"t\"")));

    OrderSource.Intake intake = load(GOOD + "\n" + order("x") + "\n{\n" + LAST + "\n" + GOOD);

    assertThat(sent.values()).containsExactly(LAST);
    assertThat(intake.resumed()).isEqualTo(new OrderSource.Resumed(1, 0));
    assertThat(intake.refused()).isEqualTo(2);
    assertThat(intake.repeated()).isEqualTo(1);
    assertThat(rejects().get(0).get("reason").asText())
        .isEqualTo("id 'x' is on the topic or on an earlier line, with another body");
  }

  @Test
  void aLineThatTheIndexDoesNotKnowIsAChangeOfTheFile() {
    index = index(GOOD);

    assertThatThrownBy(() -> load(GOOD + "\n" + LAST))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            directory.resolve("orders")
                + " changed while it was read: line 2 is another one; check what was sent");
    assertThat(sent.values()).containsExactly(GOOD);
  }

  /** Used by {@link #load} from now on. */
  private OrderIndex index(String... lines) {
    OrderIndex known = new OrderIndex();
    byte[] text = String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    try {
      known.addAll(
          new LineReader(
              Channels.newChannel(new ByteArrayInputStream(text)),
              Order.MAX_VALUE_BYTES,
              2_000_000));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    index = known;
    return known;
  }

  private static long hash(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return Hash64.of(bytes, 0, bytes.length);
  }

  @Test
  void aLineWhoseSendingFailedIsInTheRejectsFile() throws Exception {
    Path path = Files.writeString(directory.resolve("orders"), GOOD);
    Path file = directory.resolve("rejects");
    try (InputFile input = InputFile.open(path);
        RejectsFile rejects = RejectsFile.at(file, path)) {
      LoadedOrders orders =
          new LoadedOrders(input, new LineReader(input.channel(), 10, 20), rejects, notes::add);

      orders.notAcknowledged(17, "too large");
    }
    assertThat(Files.readString(file))
        .isEqualTo("{\"line\":17,\"reason\":\"not acknowledged: too large\"}\n");
  }

  @Test
  void sendingEndsWhenNothingMoreCanBeSent() throws Exception {
    sent.producer.sendException = new KafkaException("fenced");

    load(GOOD + "\n" + LAST);

    assertThat(sent.sender.sent()).isEqualTo(1);
    assertThat(sent.failures).containsExactly("1 fenced");
  }

  @Test
  void sendingEndsWhenTheStopIsRequested() throws Exception {
    stop.request();

    load(GOOD + "\n" + LAST);

    assertThat(sent.values()).isEmpty();
  }

  private void assertRefused(String line, String reason) throws Exception {
    assertRefused(line.getBytes(StandardCharsets.UTF_8), reason);
  }

  private void assertRefused(byte[] line, String reason) throws Exception {
    sent.producer.clear();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
    file.writeBytes(line);
    file.writeBytes(("\n" + LAST).getBytes(StandardCharsets.UTF_8));

    OrderSource.Intake intake = load(file.toByteArray());

    assertThat(intake)
        .isEqualTo(
            new OrderSource.Intake(3, 1, 0, null, directory.resolve("rejects").toString(), null));
    assertThat(sent.values()).containsExactly(GOOD, LAST);
    assertThat(rejects()).hasSize(1);
    assertThat(rejects().get(0).get("line").asLong()).isEqualTo(2);
    assertThat(rejects().get(0).get("reason").asText()).contains(reason);
    assertThat(rejects().get(0).get("bytes").asLong()).isEqualTo(line.length);
  }

  private OrderSource.Intake load(String text) throws IOException {
    return load(text.getBytes(StandardCharsets.UTF_8));
  }

  private OrderSource.Intake load(byte[] bytes) throws IOException {
    Path path = Files.write(directory.resolve("orders"), bytes);
    try (InputFile input = InputFile.open(path);
        RejectsFile rejects = RejectsFile.at(directory.resolve("rejects"), path)) {
      LineReader lines = new LineReader(input.channel(), Order.MAX_VALUE_BYTES, 2_000_000);
      LoadedOrders orders = new LoadedOrders(input, lines, rejects, notes::add, index);
      orders.pushTo(sent.sender, stop);
      return orders.intake();
    }
  }

  private List<JsonNode> rejects() throws IOException, MalformedRecordException {
    List<JsonNode> rejects = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("rejects"))) {
      rejects.add(Json.readTree(line.getBytes(StandardCharsets.UTF_8)));
    }
    return rejects;
  }

  private static String order(String id, String... more) {
    return "{\"id\":\""
        + id
        + "\",\"dish\":\"soup\",\"placedAt\":\"2026-11-20T16:35:49Z\""
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }
}
