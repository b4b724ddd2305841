package dev.brigade.kitchen.chaos.tools;

import dev.brigade.orders.CommonOptions;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code brigade chaos doctor}: which faults this machine can be given. */
@Command(
    name = "doctor",
    description = "Tries on this machine every tool that faults are injected with.",
    footer = {"", "Exit code 0, whatever works: it tells, and does not judge."},
    sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin CommonOptions options;

  /** Made by picocli. */
  public DoctorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Map<Tool, Finding> findings = new Doctor().probe();
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.writeText(Entry.of(findings)));
    } else {
      findings.forEach((tool, finding) -> out.println(line(tool, finding)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static String line(Tool tool, Finding finding) {
    return "%-18s   %-13s   %s; for %s"
        .formatted(
            tool.label(),
            finding.works() ? "works" : "does not work",
            finding.why(),
            tool.faults());
  }

  /** One with {@code --json}. */
  record Entry(String tool, boolean works, String why, String faults) {
    static List<Entry> of(Map<Tool, Finding> findings) {
      return findings.entrySet().stream()
          .map(entry -> of(entry.getKey(), entry.getValue()))
          .toList();
    }

    private static Entry of(Tool tool, Finding finding) {
      return new Entry(tool.label(), finding.works(), finding.why(), tool.faults());
    }
  }
}
