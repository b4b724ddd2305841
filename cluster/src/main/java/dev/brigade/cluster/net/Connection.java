package dev.brigade.cluster.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of a caller with a node. The node is called when the caller's first bytes may pass, so that it
 * sees nothing of who is cut off from it. Confined to the loop's thread.
 */
final class Connection {
  /** What a connection needs of the network it is in. */
  interface Surroundings {
    /** Those in force, in the order of their application. */
    List<Rule> rules();

    void closed(Connection connection);
  }

  private final Surroundings surroundings;
  private final Link link;
  private final CallerReader reader = new CallerReader();
  private final Endpoint caller;
  private final Endpoint target;
  private final Pipe requests;
  private final Pipe answers;

  /** Null until it is known who calls. */
  private @Nullable List<AppliedRule> rules;

  private int window = Shape.MOST_WAITING;
  private boolean calling;
  private boolean open = true;

  /**
   * @param channel from the caller; closed with this
   */
  Connection(SocketChannel channel, Link link, Loop loop, Surroundings surroundings)
      throws IOException {
    this.surroundings = surroundings;
    this.link = link;
    this.caller = new Endpoint(channel, loop, this::callerReady);
    this.target = new Endpoint(SocketChannel.open(), loop, this::targetReady);
    this.requests = new Pipe(Direction.REQUESTS, this, loop, caller, target);
    this.answers = new Pipe(Direction.ANSWERS, this, loop, target, caller);
    caller.want(SelectionKey.OP_READ, true);
  }

  private void callerReady(int operations) {
    guarded(
        () -> {
          if ((operations & SelectionKey.OP_READ) != 0) {
            requests.read();
          }
          if (open && (operations & SelectionKey.OP_WRITE) != 0) {
            answers.flush();
          }
        });
  }

  private void targetReady(int operations) {
    guarded(
        () -> {
          if ((operations & SelectionKey.OP_CONNECT) != 0) {
            target.finishConnect();
            requests.flush();
            answers.flush();
            return;
          }
          if ((operations & SelectionKey.OP_READ) != 0) {
            answers.read();
          }
          if (open && (operations & SelectionKey.OP_WRITE) != 0) {
            requests.flush();
          }
        });
  }

  interface Step {
    void take() throws IOException;
  }

  /** A side that is gone is gone for the other too. */
  void guarded(Step step) {
    try {
      if (open) {
        step.take();
      }
    } catch (IOException e) {
      reset();
    }
  }

  /** Bytes that were read, left as they are: the first of them tell who calls. */
  void arrived(Direction direction, ByteBuffer bytes) {
    if (direction == Direction.REQUESTS && !reader.decided() && reader.read(bytes)) {
      judge();
    }
  }

  /** No more comes from there. */
  void sourceEnded(Direction direction) {
    if (direction == Direction.REQUESTS && !reader.decided()) {
      reader.end();
      judge();
    }
  }

  /** The network's rules have changed. */
  void rulesChanged() {
    guarded(
        () -> {
          if (rules != null && judge()) {
            requests.flush();
            answers.flush();
          }
        });
  }

  /** Whether other rules than before are for this connection, and leave it open. */
  private boolean judge() {
    List<AppliedRule> next =
        surroundings.rules().stream()
            .filter(rule -> rule.selects(reader.clientId(), link.node()))
            .map(this::applied)
            .toList();
    if (next.equals(rules)) {
      return false;
    }
    rules = next;
    window = next.stream().mapToInt(AppliedRule::window).min().orElse(Shape.MOST_WAITING);
    next.stream().filter(AppliedRule::resets).findFirst().ifPresent(this::reset);
    if (open) {
      requests.rulesChanged();
      answers.rulesChanged();
    }
    return open;
  }

  private AppliedRule applied(Rule rule) {
    return Stream.ofNullable(rules)
        .flatMap(List::stream)
        .filter(applied -> applied.isOf(rule))
        .findFirst()
        .orElseGet(() -> new AppliedRule(rule));
  }

  private void reset(AppliedRule cause) {
    cause.hit();
    reset();
  }

  /** When the chunk may go on: each rule adds to what those before it did. */
  long due(Direction direction, Chunk chunk, long now) {
    if (rules == null) {
      return Shape.NEVER;
    }
    long due = now;
    for (AppliedRule rule : rules) {
      if (due != Shape.NEVER) {
        due = rule.due(direction, chunk, due);
      }
    }
    return due;
  }

  /** Whether nothing can hold its bytes up. */
  boolean isFree() {
    return rules != null && rules.isEmpty();
  }

  int window() {
    return window;
  }

  /** Connects with the node, if that has not begun. */
  void callNode() throws IOException {
    if (!calling) {
      calling = true;
      target.connect(link.listening());
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Null: unknown, or not known yet. */
  @Nullable String clientId() {
    return reader.clientId();
  }

  int node() {
    return link.node();
  }

  /** One pipe has said its FIN; with the second the connection is over. */
  void pipeEnded() {
    if (Stream.of(requests, answers).allMatch(Pipe::ended)) {
      open = false;
      caller.close();
      target.close();
      surroundings.closed(this);
    }
  }

  /** Breaks off towards both sides. */
  void reset() {
    if (open) {
      open = false;
      caller.reset();
      target.reset();
      surroundings.closed(this);
    }
  }
}
