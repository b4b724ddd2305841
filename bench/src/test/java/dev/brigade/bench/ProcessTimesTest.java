package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {
  private static final long OWN = ProcessHandle.current().pid();

  /** Above what Linux has ever given to a process. */
  private static final long NOBODY = 1L << 40;

  @Test
  void countsThisProcessesTimeAndTheMachinesWithIt() {
    long machine = ProcessTimes.machineMicros();
    long before = ProcessTimes.cpuMicros(OWN);
    long turns = 0;

    while (ProcessTimes.cpuMicros(OWN) < before + 300_000) {
      turns++;
    }

    assertThat(turns).isPositive();
    // The kernel counts the machine's time in ticks of 10 ms, and not at the same moments
    assertThat(ProcessTimes.machineMicros() - machine).isGreaterThanOrEqualTo(200_000);
  }

  @Test
  void knowsTheMostMemoryThisProcessHeld() {
    assertThat(ProcessTimes.peakRssBytes(OWN)).isBetween(10L << 20, 100L << 30);
  }

  @Test
  void knowsNothingOfAProcessThatIsGone() {
    assertThat(ProcessTimes.cpuMicros(NOBODY)).isZero();
    assertThat(ProcessTimes.peakRssBytes(NOBODY)).isZero();
  }
}
