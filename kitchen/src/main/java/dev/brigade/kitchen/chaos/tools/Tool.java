package dev.brigade.kitchen.chaos.tools;

/** What faults are injected with. */
public enum Tool {
  SIGNALS("signals", "killed, stopped and ended workers, brokers, monitors and producers"),
  PROCESS_GROUPS("process groups", "workers killed with all their children"),
  PROXIES("proxies", "cut, half-open, reset, slow and lossy connections"),
  PACKET_FILTER("iptables", "dropped packets of a port"),
  SMALL_DISK("tmpfs", "a full disk of a broker"),
  FAKE_CLOCK("libfaketime", "clocks that jump"),
  NAMESPACES("network namespaces", "nothing: a second way to cut processes off");

  private final String label;
  private final String faults;

  Tool(String label, String faults) {
    this.label = label;
    this.faults = faults;
  }

  public String label() {
    return label;
  }

  /** Those that need it. */
  public String faults() {
    return faults;
  }
}
