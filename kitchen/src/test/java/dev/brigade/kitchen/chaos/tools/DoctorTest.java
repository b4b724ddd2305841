package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class DoctorTest {
  private static String run(String... args) {
    StringWriter out = new StringWriter();
    int code = new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out)).execute(args);
    assertThat(code).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void everyToolWorksOnAMachineThatHasIt(Tool tool) throws Exception {
    Needs.tool(tool);
  }

  @ParameterizedTest
  @EnumSource(
      value = Tool.class,
      names = {"SIGNALS", "PROCESS_GROUPS", "PROXIES"})
  void whatNeedsNoRightsWorksEverywhere(Tool tool) throws Exception {
    assertThat(new Doctor().probe(tool)).matches(Finding::works);
  }

  @Test
  void aToolThatFailsIsNotedWithItsReasonAndTheOthersAreTried() throws Exception {
    Doctor doctor =
        new Doctor(
            Map.of(
                Tool.SMALL_DISK,
                () -> {
                  throw new IOException("mount: permission\n  denied");
                },
                Tool.SIGNALS,
                () -> "seen"));

    assertThat(doctor.probe())
        .containsExactly(
            Map.entry(Tool.SIGNALS, new Finding(true, "seen")),
            Map.entry(Tool.SMALL_DISK, new Finding(false, "mount: permission denied")));
  }

  @Test
  void aLinePerToolSaysWhatItIsNeededFor() {
    String[] lines = run().split("\n");

    assertThat(lines).hasSameSizeAs(Tool.values());
    for (Tool tool : Tool.values()) {
      assertThat(lines[tool.ordinal()])
          .startsWith(tool.label())
          .containsPattern(" (works|does not work) ")
          .endsWith("for " + tool.faults());
    }
  }

  @Test
  void programsGetJson() throws Exception {
    JsonNode entries = new ObjectMapper().readTree(run("--json"));

    assertThat(entries).hasSize(Tool.values().length);
    assertThat(entries.get(0).path("tool").asText()).isEqualTo("signals");
    assertThat(entries.get(0).path("works").asBoolean()).isTrue();
    assertThat(entries.get(0).path("why").asText()).contains("killed");
    assertThat(entries.get(0).path("faults").asText()).contains("workers");
  }
}
