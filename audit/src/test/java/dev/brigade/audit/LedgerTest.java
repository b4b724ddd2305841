package dev.brigade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.audit.LedgerEntry.Outcome;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("ledger");
  }

  private void write() throws IOException {
    try (Ledger ledger = Ledger.create(path())) {
      assertThat(ledger.intend(List.of(intent(0), intent(1)))).isZero();
      ledger.unknown(1, "timed out\nafter 30 s");
      assertThat(ledger.intend(List.of(intent(2), intent(3)))).isEqualTo(2);
      ledger.acked(0, 7, 1L << 40);
      ledger.failed(2, "too large");
    }
  }

  private static Ledger.Intent intent(int number) {
    return new Ledger.Intent("order " + number, "täble", number, -1L - number);
  }

  private static LedgerEntry intended(int number) {
    return LedgerEntry.intended("order " + number, "täble", number, -1L - number);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    write();

    assertThat(Ledger.read(path()))
        .containsExactly(
            intended(0).acked(7, 1L << 40),
            intended(1).unknown("timed out?after 30 s"),
            intended(2).failed("too large"),
            intended(3));
    assertThat(intended(3).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void itIsTextThatPeopleCanRead() throws Exception {
    write();

    assertThat(Files.readAllLines(path()))
        .contains("intent\t0\torder 0\ttäble\t0\tffffffffffffffff", "acked\t0\t7\t1099511627776");
  }

  @Test
  void aCrashInTheMiddleOfALineLosesThatLineAlone() throws Exception {
    write();
    byte[] whole = Files.readAllBytes(path());
    List<LedgerEntry> entries = Ledger.read(path());

    for (int length = 0; length < whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      List<LedgerEntry> read = Ledger.read(path());
      assertThat(read).hasSizeLessThanOrEqualTo(entries.size());
      for (int i = 0; i < read.size(); i++) {
        assertThat(read.get(i)).isIn(entries.get(i), intended(i));
      }
    }
  }

  @Test
  void anIntentIsOnDiskBeforeIntendReturns() throws Exception {
    try (Ledger ledger = Ledger.create(path())) {
      ledger.intend(List.of(intent(0)));

      assertThat(Ledger.read(path())).containsExactly(intended(0));
    }
  }

  @Test
  void aBookIsNeverWrittenOver() throws Exception {
    write();

    assertThatThrownBy(() -> Ledger.create(path())).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatIsNoLedgerIsRefusedWithTheLine() throws Exception {
    assertRefused("intent\t0\tid\tkey\t0\tff\nfoo\t0\tbar\n", "line 2");
    assertRefused("intent\t1\tid\tkey\t0\tff\n", "line 1", "out of turn");
    assertRefused("acked\t0\t1\t1\n", "line 1");
    assertRefused("\n", "line 1");
    assertRefused(
        "intent\t0\tid\tkey\t0\tff\nacked\t0\t1\t1\nfailed\t0\tx\n", "line 3", "two outcomes");
  }

  private void assertRefused(String text, String... words) throws IOException {
    Files.writeString(path(), text);
    assertThatThrownBy(() -> Ledger.read(path()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatWouldBreakALineIsRefused() {
    assertThatThrownBy(() -> new Ledger.Intent("a\tb", "key", 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ledger.Intent("id", "a\nb", 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
