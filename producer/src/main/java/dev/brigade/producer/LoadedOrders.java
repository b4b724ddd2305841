package dev.brigade.producer;

import dev.brigade.orders.Batch;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.MalformedRecordException;
import dev.brigade.orders.Order;
import dev.brigade.orders.OrderCodec;
import dev.brigade.orders.Text;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The orders of an NDJSON input. A valid line's bytes become the record's value as they are; any
 * other line is refused with its number and reason, and the rest goes on. Confined to the sending
 * thread, but for what {@link OrderSource} allows others.
 */
final class LoadedOrders implements OrderSource {
  private final InputFile input;
  private final LineReader lines;
  private final RejectsFile rejects;
  private final Notes notes;
  private final @Nullable OrderIndex index;
  private final RecentIds recent = new RecentIds(RecentIds.CAPACITY);
  private long blank;
  private long refused;
  private long repeated;
  private long onTopic;
  private @Nullable String changed;

  LoadedOrders(InputFile input, LineReader lines, RejectsFile rejects, Notes notes) {
    this(input, lines, rejects, notes, null);
  }

  /**
   * @param index what of the input is on the topic already and is left out; null if nothing is
   */
  LoadedOrders(
      InputFile input,
      LineReader lines,
      RejectsFile rejects,
      Notes notes,
      @Nullable OrderIndex index) {
    this.input = input;
    this.lines = lines;
    this.rejects = rejects;
    this.notes = notes;
    this.index = index;
  }

  @Override
  public void pushTo(OrderSender sender, StopSignal stop) throws IOException {
    while (!stop.isRequested() && sender.breakage() == null && nextLine(stop)) {
      if (lines.isBlank()) {
        blank++;
      } else {
        push(sender);
      }
    }
    if (stop.isRequested() || sender.breakage() != null) {
      return;
    }
    if (blank == lines.number()) {
      notes.say(input.name() + " holds no orders: nothing was sent");
    }
    if (rejects.isLeftOver()) {
      notes.say(rejects.path() + " is from an earlier run: this one refused nothing");
    }
    @Nullable String change = input.howItChanged(lines.bytesRead());
    if (change != null) {
      throw changed(change);
    }
  }

  private CommandFailure changed(String how) {
    changed = how;
    return new CommandFailure(
        ExitCode.FAILED,
        input.name() + " changed while it was read: " + how + "; check what was sent");
  }

  /**
   * Looks at the input's first bytes.
   *
   * @return false if there is not a single one
   * @throws CommandFailure as wrong usage if this cannot be lines of text, before anything is sent
   */
  boolean begin() throws IOException {
    try {
      return lines.begin();
    } catch (WrongEncodingException e) {
      String converter = e.encoding().converter();
      throw CommandFailure.usage(
          input.name()
              + " is "
              + e.encoding().words()
              + ", expected UTF-8 text: "
              + (input.path() == null
                  ? "pipe it through " + converter + " first"
                  : converter + " " + input.name() + " | brigade producer load -"));
    }
  }

  private boolean nextLine(StopSignal stop) throws IOException {
    try {
      begin();
      return lines.next();
    } catch (ClosedChannelException e) {
      if (stop.isRequested()) {
        return false; // Woken from waiting for more input.
      }
      throw e;
    }
  }

  private void push(OrderSender sender) {
    if (lines.isTooLong()) {
      refuse("the line has " + lines.bytes() + " bytes, the limit is " + Order.MAX_VALUE_BYTES);
      return;
    }
    Order order;
    try {
      order = OrderCodec.decode(lines.array(), lines.start(), lines.length());
    } catch (MalformedRecordException e) {
      refuse(String.valueOf(e.getMessage()));
      return;
    }
    if (isNew(order)) {
      sender.send(
          lines.number(),
          order.key().getBytes(StandardCharsets.UTF_8),
          Arrays.copyOfRange(lines.array(), lines.start(), lines.start() + lines.length()));
    }
  }

  private boolean isNew(Order order) {
    long id = Hash64.of(order.id());
    long body = Hash64.of(lines.array(), lines.start(), lines.length());
    int earlier = recent.find(id);
    if (earlier < 0) {
      recent.add(id, body, lines.number());
      return index == null || isMissing(index, order, id, body);
    }
    if (recent.body(earlier) != body) {
      refuse(
          "id '"
              + Text.shown(order.id())
              + "' was on line "
              + recent.line(earlier)
              + " already, with another body");
      return false;
    }
    if (repeated++ == 0) {
      notes.say(
          "line "
              + lines.number()
              + " is the same order as line "
              + recent.line(earlier)
              + ": sent once (further ones are counted only)");
    }
    return false;
  }

  private boolean isMissing(OrderIndex known, Order order, long id, long body) {
    return switch (known.take(id, body)) {
      case NEW -> true;
      case ON_TOPIC -> {
        onTopic++;
        yield false;
      }
      case SENT -> {
        repeated++;
        yield false;
      }
      case OTHER_BODY -> {
        refuse(
            "id '"
                + Text.shown(order.id())
                + "' is on the topic or on an earlier line, with another body");
        yield false;
      }
      case UNKNOWN -> throw changed("line " + lines.number() + " is another one");
    };
  }

  private void refuse(String reason) {
    refused++;
    rejects.add(new RejectsFile.Reject(lines.number(), reason, lines.bytes(), lines.head()));
    rejects.check();
  }

  @Override
  public void notAcknowledged(long number, String reason) {
    rejects.add(new RejectsFile.Reject(number, "not acknowledged: " + reason, null, null));
  }

  @Override
  public double fraction() {
    return input.size() > 0 ? (double) lines.bytesRead() / input.size() : Double.NaN;
  }

  @Override
  public @Nullable Batch batch() {
    return null;
  }

  @Override
  public Intake intake() {
    return new Intake(
        lines.number(),
        refused,
        repeated,
        index == null ? null : new Resumed(onTopic, index.twice()),
        rejects.count() == 0 ? null : rejects.path().toString(),
        changed);
  }
}
