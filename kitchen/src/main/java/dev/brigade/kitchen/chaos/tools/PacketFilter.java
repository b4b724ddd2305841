package dev.brigade.kitchen.chaos.tools;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Drops packets of TCP ports on loopback, by iptables; needs root or CAP_NET_ADMIN. The rules are
 * in a chain of their own, which is gone when this is closed and when this JVM ends. What is left
 * of a JVM whose guard died too, the next filter removes.
 */
public final class PacketFilter implements AutoCloseable {
  private static final String PREFIX = "BRIGADE-";
  private static final Pattern LEFT = Pattern.compile("-N (" + PREFIX + "(\\d+)-\\d+)");
  private static final AtomicInteger FILTERS = new AtomicInteger();

  private static final String MAKE = "iptables -w -N $1 && iptables -w -I OUTPUT -o lo -j $1";
  private static final String UNDO =
      "iptables -w -D OUTPUT -o lo -j $1; iptables -w -F $1 && iptables -w -X $1";

  private final String chain;
  private final SystemChange change;

  private PacketFilter(String chain, SystemChange change) {
    this.chain = chain;
    this.change = change;
  }

  /**
   * @throws IOException with a line that says why this machine has no packet filter
   */
  public static PacketFilter open() throws IOException, InterruptedException {
    sweep();
    String chain = PREFIX + ProcessHandle.current().pid() + "-" + FILTERS.incrementAndGet();
    return new PacketFilter(chain, SystemChange.make(MAKE, UNDO, chain));
  }

  private static void sweep() throws IOException, InterruptedException {
    Matcher left = LEFT.matcher(SystemCommand.run("iptables", "-w", "-S"));
    while (left.find()) {
      if (ProcessHandle.of(Long.parseLong(left.group(2))).isEmpty()) {
        SystemCommand.run("sh", "-c", UNDO, "sh", left.group(1));
      }
    }
  }

  /** Packets to and from that port vanish. */
  public Block drop(int port) throws IOException, InterruptedException {
    return new Block(port);
  }

  /** What one port meets until this is closed. */
  public final class Block implements AutoCloseable {
    private final int port;

    private Block(int port) throws IOException, InterruptedException {
      this.port = port;
      rule("-A", "--dport");
      rule("-A", "--sport");
    }

    private void rule(String action, String side) throws IOException, InterruptedException {
      SystemCommand.run(
          "iptables", "-w", action, chain, "-p", "tcp", side, Integer.toString(port), "-j", "DROP");
    }

    /** How many packets it met. */
    public long packets() throws IOException, InterruptedException {
      Pattern line = Pattern.compile("\\s*(\\d+)\\s.*\\b[ds]pt:" + port + "\\b.*");
      return SystemCommand.run("iptables", "-w", "-nvxL", chain)
          .lines()
          .map(line::matcher)
          .filter(Matcher::matches)
          .mapToLong(found -> Long.parseLong(found.group(1)))
          .sum();
    }

    @Override
    public void close() throws IOException {
      try {
        rule("-D", "--dport");
        rule("-D", "--sport");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(
            "interrupted while packets of port %d were let pass".formatted(port), e);
      }
    }
  }

  /** Lets all packets pass. */
  @Override
  public void close() throws IOException {
    change.close();
  }
}
