package dev.brigade.worker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.brigade.orders.CompletionId;
import dev.brigade.orders.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker tells its taster on standard input, and what that answers. */
final class TasterFrames {
  /** From the worker. */
  static final int COOK = 1;

  static final int CANCEL = 2;

  private static final int READY = 1;
  private static final int NOTHING = 0;
  private static final int COOKED = 1;
  private static final int RETRY = 2;
  private static final int REJECTED = 3;
  private static final long NO_DELAY = -1;

  /** The first thing a taster is told: its recipes. */
  record Kit(List<String> specs, @Nullable Path plugins) {}

  /**
   * One try; the number names it.
   *
   * @param order as it is in the log
   */
  record Try(long number, byte[] order, CookContext context) {}

  /** What became of it; null if the recipe returned null. */
  record Outcome(long number, @Nullable CookResult result) {}

  /** Whatever a recipe makes, and to the last digit: what is too large is cut in the meal. */
  private static final ObjectMapper RESULTS =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private TasterFrames() {}

  static void writeKit(DataOutputStream out, Kit kit) throws IOException {
    out.writeInt(kit.specs().size());
    for (String spec : kit.specs()) {
      writeText(out, spec);
    }
    writeText(out, kit.plugins() == null ? "" : kit.plugins().toString());
    out.flush();
  }

  static Kit readKit(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(readText(in));
    }
    String plugins = readText(in);
    return new Kit(specs, plugins.isEmpty() ? null : Path.of(plugins));
  }

  /** The first thing a taster says: that it has its recipes. */
  static void writeReady(DataOutputStream out) throws IOException {
    out.writeByte(READY);
    out.flush();
  }

  static void readReady(DataInputStream in) throws IOException {
    if (in.read() != READY) {
      throw new IOException("it ended before it was ready");
    }
  }

  static void writeTry(DataOutputStream out, Try cook) throws IOException {
    CookContext context = cook.context();
    out.writeByte(COOK);
    out.writeLong(cook.number());
    writeText(out, context.worker());
    out.writeInt(context.chef());
    out.writeInt(context.attempt());
    out.writeInt(context.completionId().partition());
    out.writeLong(context.completionId().offset());
    out.writeInt(context.headers().size());
    for (Map.Entry<String, String> header : context.headers().entrySet()) {
      writeText(out, header.getKey());
      writeText(out, header.getValue());
    }
    writeBytes(out, cook.order());
    out.flush();
  }

  /** After its {@link #COOK}. */
  static Try readTry(DataInputStream in) throws IOException {
    long number = in.readLong();
    String worker = readText(in);
    int chef = in.readInt();
    int attempt = in.readInt();
    CompletionId completionId = new CompletionId(in.readInt(), in.readLong());
    int count = in.readInt();
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < count; i++) {
      headers.put(readText(in), readText(in));
    }
    byte[] order = readBytes(in);
    return new Try(
        number, order, new CookContext(worker, chef, attempt, completionId, Map.copyOf(headers)));
  }

  static void writeCancel(DataOutputStream out, long number) throws IOException {
    out.writeByte(CANCEL);
    out.writeLong(number);
    out.flush();
  }

  static void writeOutcome(DataOutputStream out, Outcome outcome) throws IOException {
    out.writeLong(outcome.number());
    CookResult result = outcome.result();
    if (result instanceof CookResult.Cooked cooked) {
      out.writeByte(COOKED);
      writeBytes(out, Json.write(cooked.result()));
    } else if (result instanceof CookResult.Retry retry) {
      out.writeByte(RETRY);
      writeText(out, retry.reason());
      out.writeLong(retry.after() == null ? NO_DELAY : retry.after().toNanos());
    } else if (result instanceof CookResult.Rejected rejected) {
      out.writeByte(REJECTED);
      writeText(out, rejected.reason());
    } else {
      out.writeByte(NOTHING);
    }
    out.flush();
  }

  static Outcome readOutcome(DataInputStream in) throws IOException {
    long number = in.readLong();
    int kind = in.readByte();
    return switch (kind) {
      case NOTHING -> new Outcome(number, null);
      case COOKED -> new Outcome(number, CookResult.cooked(RESULTS.readTree(readBytes(in))));
      case RETRY -> {
        String reason = readText(in);
        long nanos = in.readLong();
        Duration after = nanos == NO_DELAY ? null : Duration.ofNanos(nanos);
        yield new Outcome(number, new CookResult.Retry(reason, after));
      }
      case REJECTED -> new Outcome(number, CookResult.rejected(readText(in)));
      default -> throw new IOException("unknown kind of result " + kind);
    };
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
