package dev.brigade.kitchen.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
  private ServerSocket server;

  @BeforeAll
  static void needIptables() throws InterruptedException {
    Needs.tool(Tool.PACKET_FILTER);
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    socket.setSoTimeout(20_000); // fails a test that would wait for ever
    return socket;
  }

  private static String rules() throws Exception {
    return SystemCommand.run("iptables", "-w", "-S");
  }

  @Test
  void droppedBytesArriveWhenThePortIsOpenAgain() throws Exception {
    try (PacketFilter filter = PacketFilter.open();
        Socket caller = connect();
        Socket called = server.accept()) {
      PacketFilter.Block block = filter.drop(server.getLocalPort());
      caller.getOutputStream().write('x');
      ChildOfTest.await(() -> block.packets() > 0);
      assertThat(called.getInputStream().available()).isZero();

      block.close();
      called.setSoTimeout(20_000);

      assertThat(called.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void otherPortsAreReachedAndNothingIsLeft() throws Exception {
    String before = rules();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        PacketFilter filter = PacketFilter.open();
        PacketFilter.Block block = filter.drop(server.getLocalPort())) {
      new Socket(InetAddress.getLoopbackAddress(), other.getLocalPort()).close();

      assertThat(block.packets()).isZero();
      assertThat(rules()).isNotEqualTo(before);
    }
    assertThat(rules()).isEqualTo(before);
  }

  @Test
  void theRulesEndWithTheJvmThatMadeThem() throws Exception {
    Process jvm = ChildOfTest.start(FilteringJvm.class, Integer.toString(server.getLocalPort()));
    assertThat(jvm.inputReader().readLine()).isEqualTo("dropped");
    assertThat(rules()).contains("--dport " + server.getLocalPort() + " ");

    jvm.destroyForcibly().waitFor();

    ChildOfTest.await(() -> !rules().contains("BRIGADE-" + jvm.pid() + "-"));
  }

  /** Drops a port's packets for as long as it lives. */
  static final class FilteringJvm {
    public static void main(String[] args) throws Exception {
      try (PacketFilter filter = PacketFilter.open();
          PacketFilter.Block block = filter.drop(Integer.parseInt(args[0]))) {
        System.out.println("dropped");
        System.in.read();
        block.packets();
      }
    }
  }

  @Test
  void whatAnEarlierJvmLeftIsRemoved() throws Exception {
    long ended = new ProcessBuilder("true").start().onExit().join().pid();
    String chain = "BRIGADE-" + ended + "-1";
    SystemCommand.run("iptables", "-w", "-N", chain);
    SystemCommand.run("iptables", "-w", "-I", "OUTPUT", "-o", "lo", "-j", chain);

    PacketFilter.open().close();

    assertThat(rules()).doesNotContain(chain);
  }
}
