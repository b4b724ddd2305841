package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeClockTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  @BeforeAll
  static void needLibfaketime() throws InterruptedException {
    Needs.tool(Tool.FAKE_CLOCK);
  }

  /** Answers each line with its time; before that it waits in the ways a JVM waits. */
  static final class ClockedJvm {
    public static void main(String[] args) throws Exception {
      while (System.in.read() != -1) {
        long start = System.nanoTime();
        Thread.sleep(5);
        new CompletableFuture<String>().completeOnTimeout("", 5, TimeUnit.MILLISECONDS).join();
        Object monitor = new Object();
        synchronized (monitor) {
          monitor.wait(5);
        }
        System.out.println(Instant.now() + " " + (System.nanoTime() - start));
      }
    }
  }

  private static Duration ahead(OutputStream in, BufferedReader out) throws IOException {
    in.write('\n');
    in.flush();
    String[] answer = out.readLine().split(" ");
    assertThat(Duration.ofNanos(Long.parseLong(answer[1]))).isBetween(Duration.ZERO, TOLERANCE);
    return Duration.between(Instant.now(), Instant.parse(answer[0]));
  }

  private static void awaitAhead(Duration offset, OutputStream in, BufferedReader out)
      throws Exception {
    ChildOfTest.await(() -> ahead(in, out).minus(offset).abs().compareTo(TOLERANCE) < 0);
  }

  @Test
  void aRunningJvmsClockIsSetForwardsAndBackAndItsWaitsGoOn(@TempDir Path directory)
      throws Exception {
    FakeClock clock = new FakeClock(directory);
    Process jvm = ChildOfTest.start(clock.environment(), ClockedJvm.class);
    try (OutputStream in = jvm.getOutputStream();
        BufferedReader out = jvm.inputReader()) {
      awaitAhead(Duration.ZERO, in, out);

      clock.set(Duration.ofDays(2).plusMillis(500));
      awaitAhead(Duration.ofDays(2), in, out);

      clock.set(Duration.ofHours(-5));
      awaitAhead(Duration.ofHours(-5), in, out);

      clock.set(Duration.ZERO);
      awaitAhead(Duration.ZERO, in, out);
    } finally {
      jvm.destroyForcibly();
    }
  }
}
