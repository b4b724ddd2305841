package dev.brigade.cluster;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import kafka.server.StandardFaultHandlerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker process. It reads its {@link BrokerInstructions} from standard input and answers with
 * one line on standard output: {@value BrokerPipe#READY}, or why not. From then on standard input
 * is the tie to its parent, see {@link ParentWatch}.
 */
public final class BrokerMain {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  public static void main(String[] args) {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      BrokerInstructions instructions = BrokerInstructions.readFrom(parent);
      CombinedNode node =
          new CombinedNode(
              instructions.settings(), instructions.clusterId(), new StandardFaultHandlerFactory());
      ParentWatch.start(parent, answers, node, instructions);
      node.startup();
      answers.println(BrokerPipe.READY);
    } catch (Throwable e) {
      // An Error, too, has to end the process: other threads may keep it going.
      LOG.error("The broker did not start", e);
      answers.println(StartFailure.of(e).toLine());
      Runtime.getRuntime().halt(1);
    }
  }
}
