package dev.brigade.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThisMachineTest {
  @TempDir Path temporary;

  @Test
  void theCpusModelIsTheFirstThatTheKernelNames() throws IOException {
    // Given
    Path cpuInfo = temporary.resolve("cpuinfo");
    Files.writeString(cpuInfo, "processor\t: 0\nmodel name\t: One: 2 GHz \nmodel name\t: Two\n");

    // When, then
    assertThat(ThisMachine.cpuModel(cpuInfo)).isEqualTo("One: 2 GHz");
  }

  @Test
  void whereTheKernelNamesNoneItIsUnknown() throws IOException {
    // Given
    Path cpuInfo = temporary.resolve("cpuinfo");
    Files.writeString(cpuInfo, "processor\t: 0\n");

    // When, then
    assertThat(ThisMachine.cpuModel(cpuInfo)).isEqualTo("unknown");
    assertThat(ThisMachine.cpuModel(temporary.resolve("none"))).isEqualTo("unknown");
  }

  @Test
  void aMachineHasCpusMemoryAndVersions() {
    // When
    Machine machine =
        ThisMachine.describe("0.1.0", "abc", SampleResults.NOON, List.of("brigade", "bench"));

    // Then
    assertThat(machine.cpus()).isPositive();
    assertThat(machine.memoryBytes()).isGreaterThan(1L << 20);
    assertThat(machine.kafka()).matches("[0-9]+\\..*");
    assertThat(machine.java()).contains(System.getProperty("java.runtime.version"));
    assertThat(machine.differences(machine)).isEmpty();
  }
}
