package dev.brigade.kitchen.chaos.tools;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/** What a test cannot do without, and a machine may not have. */
final class Needs {
  private Needs() {}

  /** Skips the test that calls it where the tool does not work, loudly; with CI=true it fails. */
  static void tool(Tool tool) throws InterruptedException {
    Finding finding = new Doctor().probe(tool);
    if (finding.works()) {
      return;
    }
    String why = "%s does not work here: %s".formatted(tool.label(), finding.why());
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      fail(why + "; with CI=true it has to");
    }
    System.err.println("SKIPPED: " + why);
    Assumptions.abort(why);
  }
}
