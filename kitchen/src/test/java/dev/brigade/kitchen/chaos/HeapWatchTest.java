package dev.brigade.kitchen.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
  @Test
  void whatIsUsedIsTheSumOfTheGenerationsWithoutTheClasses() {
    assertThat(
            HeapWatch.usedKib(
                """
                19312:
                 def new generation   total 9920K, used 7198K [0x00000000f0000000, 0x00000000f5550000)
                  eden space 8832K,  81% used [0x00000000f0000000, 0x00000000f08a0000)
                 tenured generation   total 21888K, used 17650K [0x00000000f5550000, 0x0000000100000000)
                   the space 21888K,  80% used [0x00000000f5550000, 0x00000000f6ab0000)
                 Metaspace       used 25399K, committed 25728K, reserved 1114112K
                """))
        .isEqualTo(7198 + 17650);
  }

  @Test
  void readsWhatG1Says() {
    assertThat(
            HeapWatch.usedKib(
                """
                7303:
                 garbage-first heap   total 393216K, used 21504K [0x0000000680000000, 0x0000000800000000)
                  region size 4096K, 2 young (8192K), 1 survivors (4096K)
                 Metaspace       used 25399K, committed 25728K, reserved 1114112K
                  class space    used 3002K, committed 3200K, reserved 1048576K
                """))
        .isEqualTo(21504);
  }

  @Test
  void twiceAsMuchAndABitIsALeak() {
    assertThat(HeapWatch.isLeak(10_000, 20_000 + 32 * 1024)).isFalse();
    assertThat(HeapWatch.isLeak(10_000, 20_001 + 32 * 1024)).isTrue();
  }

  /** Keeps as many MiB as it is told to, line by line. */
  static final class Hoard {
    public static void main(String[] arguments) throws Exception {
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      byte[] kept = new byte[0];
      String line;
      while ((line = orders.readLine()) != null) {
        kept = new byte[Integer.parseInt(line) << 20];
        System.out.println(kept.length);
      }
    }
  }

  @Test
  void aProcessThatKeepsItsMemoryIsNamed() throws Exception {
    assertThat(HeapWatch.whyNot()).as("this test needs jcmd").isNull();
    Process hoard =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Hoard.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      HeapWatch heaps = new HeapWatch();
      Map<Long, String> pids = Map.of(hoard.pid(), "worker-1");
      keep(hoard, 1);
      heaps.before(pids);
      keep(hoard, 20);
      assertThat(heaps.leaks(pids)).isEmpty();
      keep(hoard, 60);
      assertThat(heaps.leaks(pids)).singleElement().asString().startsWith("worker-1 keeps ");
    } finally {
      hoard.destroyForcibly();
      hoard.waitFor();
    }
  }

  private static void keep(Process hoard, int mebibytes) throws Exception {
    hoard.outputWriter(StandardCharsets.UTF_8).append(mebibytes + "\n").flush();
    assertThat(hoard.inputReader(StandardCharsets.UTF_8).readLine())
        .isEqualTo(Integer.toString(mebibytes << 20));
  }
}
