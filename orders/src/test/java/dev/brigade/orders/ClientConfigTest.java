package dev.brigade.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
  private final Path directory;

  ClientConfigTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theFilesPropertiesAreWhatClientsStartFrom() throws Exception {
    Path file =
        file(
            "# TLS\nsecurity.protocol = SASL_SSL \nsasl.mechanism=PLAIN\n"
                + "sasl.jaas.config=x required password=\"hunter2\";\nmax.poll.records=100\n");

    assertThat(ClientConfig.load(file))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", "x required password=\"hunter2\";",
                "max.poll.records", "100"));
  }

  @Test
  void anEmptyFileSaysNothing() throws Exception {
    assertThat(ClientConfig.load(file(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks=all",
        "acks=-1",
        "enable.idempotence=true",
        "enable.auto.commit=FALSE",
        "auto.offset.reset=earliest",
        "isolation.level=read_committed",
        "allow.auto.create.topics=false",
        "check.crcs=true"
      })
  void whatTheGuaranteesNeedMayBeSaidAgain(String line) throws Exception {
    assertThat(ClientConfig.load(file(line))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "acks=1,acks,all",
    "acks=0,acks,all",
    "enable.idempotence=false,enable.idempotence,true",
    "enable.auto.commit=true,enable.auto.commit,false",
    "auto.offset.reset=latest,auto.offset.reset,earliest",
    "isolation.level=read_uncommitted,isolation.level,read_committed",
    "allow.auto.create.topics=true,allow.auto.create.topics,false",
    "check.crcs=false,check.crcs,true"
  })
  void aKeyThatBreaksAGuaranteeIsRefused(String line, String key, String value) throws Exception {
    assertRefused(
        file(line),
        "sets " + key + ", which breaks a guarantee; it must stay " + value + " (remove it)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap.servers|use --bootstrap-server",
        "group.id|use --kitchen",
        "group.instance.id|use --worker-id",
        "group.protocol|it is chosen by the command",
        "partition.assignment.strategy|it is chosen by the command",
        "transactional.id|it follows from the worker id",
        "partitioner.class|orders of one key share a partition",
        "partitioner.ignore.keys|orders are spread by key",
        "key.serializer|records are bytes here",
        "value.serializer|records are bytes here",
        "key.deserializer|records are bytes here",
        "value.deserializer|records are bytes here"
      })
  void aKeyThatIsNotTheUsersToSetIsRefusedWithTheReason(String key, String why) throws Exception {
    assertRefused(file(key + "=x"), "must not set " + key + ": " + why);
  }

  @Test
  void aMisspeltKeyIsRefusedWithTheOneThatIsMeant() throws Exception {
    assertRefused(
        file("securty.protocol=SSL"),
        "has an unknown key securty.protocol, did you mean security.protocol?");
    assertRefused(
        file("ssl.trustore.location=x"),
        "has an unknown key ssl.trustore.location, did you mean ssl.truststore.location?");
    assertRefused(file("colour=red"), "has an unknown key colour");
  }

  @Test
  void theValueOfAnUnknownKeyIsNotRepeated() throws Exception {
    assertThat(refusal(file("sasl.jaas.confg=hunter2"))).hasMessageNotContaining("hunter2");
  }

  @Test
  void aWrongValueIsRefused() throws Exception {
    assertRefused(
        file("request.timeout.ms=soon"),
        "has a wrong value: Invalid value soon for configuration request.timeout.ms: Not a number"
            + " of type INT");
    assertRefused(
        file("request.timeout.ms=-1"),
        "has a wrong value: Invalid value -1 for configuration request.timeout.ms: Value must be"
            + " at least 0");
    assertThat(refusal(file("security.protocol=TLS")))
        .hasMessageContaining(
            "has a wrong value: Invalid value TLS for configuration security.protocol");
  }

  @Test
  void aTrustStoreThatIsNotThereIsRefused() throws Exception {
    assertRefused(
        file("ssl.truststore.location=/no/such/store.jks"),
        "names a file in ssl.truststore.location that cannot be read: /no/such/store.jks");
  }

  @Test
  void aDirectoryIsRefused() {
    assertRefused(directory, "is a directory, expected a file of client properties");
  }

  @Test
  void aMissingFileIsRefused() {
    assertRefused(directory.resolve("none"), "does not exist");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws Exception {
    Path file = directory.resolve("client.properties");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    assertRefused(file, "is not UTF-8 text");
  }

  @Test
  void aBrokenEscapeIsRefused() throws Exception {
    assertRefused(file("client.id=\\u12"), "cannot be read: Malformed \\uxxxx encoding.");
  }

  @Test
  void anUnreadableFileIsRefused() throws Exception {
    Path file = file("acks=all");
    assertThat(file.toFile().setReadable(false)).isTrue();
    if (Files.isReadable(file)) {
      // The superuser reads every file but one that cannot be read from its beginning.
      assertRefused(Path.of("/proc/self/mem"), "cannot be read: Input/output error");
    } else {
      assertRefused(file, "cannot be read: permission denied");
    }
  }

  private Path file(String text) throws IOException {
    return Files.write(directory.resolve("client.properties"), text.getBytes(UTF_8));
  }

  private static void assertRefused(Path file, String why) {
    assertThat(refusal(file))
        .hasMessage("--command-config " + Text.shown(file.toString()) + " " + why);
  }

  private static CommandFailure refusal(Path file) {
    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> ClientConfig.load(file));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    return failure;
  }
}
