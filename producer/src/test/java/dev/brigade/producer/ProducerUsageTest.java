package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is connected to: there is no cluster here. */
class ProducerUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "producer|producer: Missing required subcommand",
        "producer generate|Missing required option: '--count=<count>'",
        "producer generate --count|Missing required parameter for option '--count'",
        "producer generate --count x|Invalid value for option '--count': 'x' is not a long",
        "producer generate --count -1|--count must be 0 to 10000000000, but is -1",
        "producer generate --count 10000000001|--count must be 0 to 10000000000",
        "producer generate --count 99999999999999999999|Invalid value for option '--count'",
        "producer generate --count 1 --rate 0|--rate': must be 0.001 to 10000000 orders per second",
        "producer generate --count 1 --rate NaN|--rate': 'NaN' is not a rate: expected a number",
        "producer generate --count 1 --rate -5/s|Expected parameter for option '--rate' but found '-5/s'",
        "producer generate --count 1 --rate 5/m|--rate': '5/m' is not a rate",
        "producer generate --count 1 --dishes a=0|--dishes': the weight of a must be",
        "producer generate --count 1 --dishes a,a|--dishes': dish 'a' is named twice",
        "producer generate --count 1 --tables -1|--tables must be 0 to 10000000, but is -1",
        "producer generate --count 1 --payload-bytes 900001|--payload-bytes must be 0 to 900000",
        "producer generate --count 1 --deadline soon|--deadline': 'soon' is not a duration",
        "producer generate --count 1 --seed x|Invalid value for option '--seed'",
        "producer generate --count 1 --batch ''|--batch: batch.id",
        "producer generate --count 1 --wait-timeout 5s|--wait-timeout needs --wait",
        "producer generate --count 1 --wait --wait-timeout 5|--wait-timeout': '5' is not a duration",
        "producer generate --count 1 --bootstrap-server h:70000|--bootstrap-server 'h:70000'",
        "producer generate --count 1 --bootstrap-server h|--bootstrap-server 'h'",
        "producer generate --count 1 --kitchen ''|--kitchen: the kitchen's name must match",
        "producer generate --count 1 --kitchen a.b|--kitchen: the kitchen's name must match",
        "producer generate --count 0 --kitchen a.b|--kitchen: the kitchen's name must match",
        "producer generate --count 1 --command-config /none|--command-config /none does not exist",
        "producer generate --count 1 --rat 5|unknown option --rat",
        "producer generate --count 1 --sasl-password=x|a secret is never an argument",
        "producer load|Missing required parameter: 'FILE'",
        "producer load a b|unexpected argument 'b'",
        "producer load /none|/none does not exist",
        "producer load /|/ is a directory, expected a file of orders (NDJSON)",
        "producer load - --resume|--resume reads its input twice, and - is a stream: name a file",
        "producer load /dev/zero --resume|--resume reads its input twice, and /dev/zero is a stream",
        "producer load /none --resume|/none does not exist",
        "producer load / --resume|/ is a directory",
        "producer load /dev/null --rejects /|the rejects file / is a directory",
        "producer load /dev/null --rejects /none/x|the rejects file /none/x cannot be written",
      })
  void wrongUsageIsOneLineThatSaysWhat(String line, String message) {
    // When
    String[] words = line.replace("''", "\0").split(" ");
    String[] args = new String[words.length - 1];
    for (int i = 0; i < args.length; i++) {
      args[i] = words[i + 1].replace("\0", "");
    }
    Cli run = Cli.producer(args);

    // Then
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("producer").contains(message);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void noOrdersToGenerateAreNothingToDo() {
    Cli run = Cli.producer("generate", "--count", "0");

    assertThat(run.exit()).isZero();
    assertThat(run.errLines()).containsExactly("--count is 0: nothing to do");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void noOrdersToGenerateAreAnObjectOfZerosForMachines() {
    Cli run = Cli.producer("generate", "--count", "0", "--json", "--quiet");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.outLines())
        .containsExactly(
            "{\"sent\":0,\"acknowledged\":0,\"failed\":0,\"millis\":0,\"ordersPerSecond\":0.0,"
                + "\"interrupted\":false}");
  }

  @Test
  void anEmptyFileIsNotedAndDone(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("orders"));

    Cli run = Cli.producer("load", file.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.errLines()).containsExactly(file + " holds no orders: nothing to do");
    assertThat(directory.resolve("orders.rejects")).doesNotExist();
  }

  @Test
  void compressedInputIsWrongUsageWithTheWayOut(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("orders.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});

    Cli run = Cli.producer("load", file.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "producer load: %1$s is gzip, expected UTF-8 text: gunzip -c %1$s | brigade producer load -"
                .formatted(file));
  }

  @Test
  void theOrdersThemselvesAreNoRejectsFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("orders"), "{}");

    Cli run =
        Cli.producer(
            "load",
            file.toString(),
            "--rejects",
            directory + "/../" + directory.getFileName() + "/orders");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("is the file of orders itself");
    assertThat(file).hasContent("{}");
  }

  @Test
  void aClusterThatDoesNotAnswerIsExitCodeThree() {
    Cli run = Cli.producer("generate", "--count", "1", "--bootstrap-server", "localhost:1");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("producer generate: cluster unreachable");
  }

  @Test
  void helpSaysWhatThereIs() {
    Cli run = Cli.producer("load", "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Usage: producer load").contains("--rejects").contains("--wait");
  }
}
