package dev.brigade.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter err = new StringWriter();
  private final String newline = System.lineSeparator();

  @Test
  void onATerminalTheLineIsDrawnAndErasedInTheEnd() throws InterruptedException {
    // Given
    CountDownLatch drawnTwice = new CountDownLatch(2);
    ProgressLine progress = new ProgressLine(new PrintWriter(err), true, true);

    // When
    progress.start(
        () -> {
          drawnTwice.countDown();
          return "halfway";
        });
    drawnTwice.await();
    progress.close();

    // Then
    assertThat(err.toString()).startsWith("\rhalfway\rhalfway").endsWith("\r       \r");
  }

  @Test
  void withoutATerminalThereAreOnlyNotes() {
    try (ProgressLine progress = new ProgressLine(new PrintWriter(err), false, true)) {
      progress.start(() -> "halfway");
      progress.say("something");
    }
    assertThat(err.toString()).isEqualTo("something" + newline);
  }

  @Test
  void whenQuietThereIsNothing() {
    try (ProgressLine progress = new ProgressLine(new PrintWriter(err), false, false)) {
      progress.start(() -> "halfway");
      progress.say("something");
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aNoteTakesTheLinesPlace() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(1);
    ProgressLine progress = new ProgressLine(new PrintWriter(err), true, true);
    progress.start(
        () -> {
          drawn.countDown();
          return "halfway";
        });
    drawn.await();
    progress.say("something");
    progress.close();

    assertThat(err.toString()).contains("\r       \rsomething" + newline);
  }
}
