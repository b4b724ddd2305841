package dev.brigade.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random valid records, from the edges as often as from the middle. The same for the same seed. */
final class Generated {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DISH_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

  private final Random random;

  Generated(long seed) {
    this.random = new Random(seed);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  boolean sometimes() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  @Nullable <T> T maybe(Supplier<T> value) {
    return sometimes() ? value.get() : null;
  }

  Order order() {
    return new Order(
        name(Order.MAX_ID_CHARS),
        dish(),
        time(),
        maybe(() -> text(length(Order.MAX_TABLE_CHARS))),
        maybe(this::time),
        maybe(this::batch),
        json(3));
  }

  Meal meal() {
    return new Meal(
        name(Order.MAX_ID_CHARS),
        dish(),
        maybe(() -> text(length(Order.MAX_TABLE_CHARS))),
        dish(),
        count(),
        count(),
        longCount(),
        1 + random.nextInt(5),
        time(),
        time(),
        time(),
        longCount(),
        maybe(this::batch),
        json(3));
  }

  DeadLetter deadLetter() {
    return new DeadLetter(
        oneOf(List.of(DeadLetterReason.values())),
        text(length(200)),
        random.nextInt(1_000_000_000),
        dish(),
        time(),
        "kitchen.orders",
        new CompletionId(random.nextInt(1_000_000_000), random.nextInt(Integer.MAX_VALUE)));
  }

  Activity activity() {
    return new Activity(
        dish(),
        text(length(60)),
        longCount(),
        time(),
        oneOf(List.of(Activity.Type.values())),
        maybe(() -> IntStream.range(0, random.nextInt(4)).mapToObj(i -> partition()).toList()),
        maybe(
            () ->
                new Activity.FailedOrder(
                    text(length(128)),
                    maybe(this::dish),
                    count(),
                    longCount(),
                    count(),
                    1 + random.nextInt(5),
                    text(length(100)),
                    maybe(this::longCount))),
        maybe(() -> new Activity.Counts(count(), count(), longCount(), longCount(), longCount())),
        maybe(() -> text(length(100))));
  }

  private Activity.Partition partition() {
    return sometimes()
        ? Activity.Partition.named(count())
        : new Activity.Partition(count(), longCount(), longCount(), count(), sometimes());
  }

  LatencyWindow latencyWindow() {
    return new LatencyWindow(
        sometimes() ? LatencyWindow.ALL_DISHES : dish(),
        sometimes() ? 10 : 60,
        time(),
        time(),
        longCount(),
        longCount(),
        random.nextDouble() * 1e6,
        stats(),
        stats(),
        stats(),
        longCount(),
        1 + random.nextInt(1000),
        sometimes(),
        maybe(
            () ->
                new LatencyWindow.EncodedHistogram(
                    LatencyWindow.EncodedHistogram.HDR_V2_BASE64, "HISTFAAAAB==")),
        longCount(),
        longCount(),
        longCount());
  }

  private LatencyWindow.LatencyStats stats() {
    return new LatencyWindow.LatencyStats(
        millis(), millis(), millis(), millis(), millis(), millis(), millis(), millis());
  }

  private double millis() {
    return random.nextInt(100_000_000) / 1000.0;
  }

  Batch batch() {
    return new Batch(name(Order.MAX_ID_CHARS), longCount());
  }

  String name(int maxChars) {
    return text(1 + length(maxChars - 1))
        .codePoints()
        .map(c -> Character.isISOControl(c) ? '~' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  String dish() {
    int length = 1 + length(63);
    StringBuilder dish = new StringBuilder();
    for (int i = 0; i < length; i++) {
      dish.append(DISH_CHARS.charAt(random.nextInt(DISH_CHARS.length())));
    }
    return dish.toString();
  }

  /** That many characters of one to four bytes each, control characters among them. */
  String text(int chars) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chars; i++) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> 0x80 + random.nextInt(0x780);
            case 2 -> 0x800 + random.nextInt(0x5000);
            case 3 -> 0x1F300 + random.nextInt(0x200);
            case 4 -> oneOf(List.of((int) '"', (int) '\\', 0x7F, 0x2028, 0xFFFF));
            default -> 0x20 + random.nextInt(0x5F);
          });
    }
    return text.toString();
  }

  /** Seconds, milliseconds, microseconds or nanoseconds, in any year that there may be. */
  Instant time() {
    long first = Rfc3339.FIRST.getEpochSecond();
    long last = Rfc3339.LAST.getEpochSecond();
    return switch (random.nextInt(6)) {
      case 0 -> Rfc3339.FIRST;
      case 1 -> Rfc3339.LAST;
      case 2 -> Instant.ofEpochMilli(random.nextInt());
      default ->
          Instant.ofEpochSecond(
              first + (long) (random.nextDouble() * (last - first)), random.nextInt(1_000_000_000));
    };
  }

  JsonNode json(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(sometimes());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.textNode(text(length(40)));
      case 4 -> JSON.numberNode(new BigDecimal(new BigInteger(80, random), 1 + random.nextInt(11)));
      case 5 -> JSON.numberNode(BigInteger.TEN.pow(19 + random.nextInt(44)));
      case 6 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.add(json(depth));
    }
    return array;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object.set(text(length(10)), json(depth));
    }
    return object;
  }

  /** 0 to {@code max}, both ends more often than others. */
  private int length(int max) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> max;
      default -> random.nextInt(max + 1);
    };
  }

  private int count() {
    return random.nextInt(5) == 0 ? Integer.MAX_VALUE : random.nextInt(1000);
  }

  private long longCount() {
    return random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(1_000_000);
  }
}
