package dev.brigade.kitchen.chaos.tools;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Tries every tool on this machine, for real, and undoes what it did. */
public final class Doctor {
  /** Uses a tool once. */
  @FunctionalInterface
  public interface Probe {
    /**
     * @return what was seen
     * @throws IOException with a line that says why the tool does not work
     */
    String run() throws IOException, InterruptedException;
  }

  private static final Map<Tool, Probe> PROBES =
      Map.of(
          Tool.SIGNALS, ProcessProbes::signals,
          Tool.PROCESS_GROUPS, ProcessProbes::processGroups,
          Tool.PROXIES, NetworkProbes::proxies,
          Tool.PACKET_FILTER, NetworkProbes::packetFilter,
          Tool.NAMESPACES, NetworkProbes::namespaces,
          Tool.SMALL_DISK, MachineProbes::smallDisk,
          Tool.FAKE_CLOCK, MachineProbes::fakeClock);

  private final Map<Tool, Probe> probes;

  public Doctor() {
    this(PROBES);
  }

  /**
   * @param probes for the tools that it may be asked about
   */
  public Doctor(Map<Tool, Probe> probes) {
    this.probes = Map.copyOf(probes);
  }

  /** All tools, in the order of their declaration; takes a second or two. */
  public Map<Tool, Finding> probe() throws InterruptedException {
    Map<Tool, Finding> findings = new EnumMap<>(Tool.class);
    for (Tool tool : probes.keySet()) {
      findings.put(tool, probe(tool));
    }
    return findings;
  }

  /** One tool. */
  public Finding probe(Tool tool) throws InterruptedException {
    Probe probe = probes.get(tool);
    if (probe == null) {
      throw new IllegalArgumentException("nothing to try %s with".formatted(tool));
    }
    try {
      return new Finding(true, probe.run());
    } catch (IOException e) {
      return new Finding(false, SystemCommand.oneLine(String.valueOf(e.getMessage())));
    }
  }
}
