package dev.brigade.audit;

import dev.brigade.orders.LatencyWindow;
import dev.brigade.orders.LatencyWindow.EncodedHistogram;
import dev.brigade.orders.LatencyWindow.LatencyStats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** The windows that a monitor without fault would publish. */
final class ExpectedWindows {
  private final Map<String, Window> windows = new TreeMap<>();

  private record Window(
      String dish, int seconds, long start, List<EndSeen> meals, List<Long> deadLetters) {}

  /**
   * @param meals of one partition, second ones among them
   */
  void cooked(List<EndSeen> meals) {
    Set<Long> seen = new HashSet<>();
    for (EndSeen meal : meals) {
      if (seen.add(meal.orderOffset())) {
        of(meal.dish(), meal.appendedAt()).forEach(window -> window.meals().add(meal));
      }
    }
  }

  void dead(List<SimulatedPartition.Ended> letters) {
    Set<Long> seen = new HashSet<>();
    for (SimulatedPartition.Ended letter : letters) {
      OrderSeen order = letter.order().seen();
      if (seen.add(order.offset())) {
        long at = SimulatedKitchen.at(letter.at()).toEpochMilli();
        of(order.dish(), at).forEach(window -> window.deadLetters().add(at));
      }
    }
  }

  private List<Window> of(String dish, long at) {
    List<Window> found = new ArrayList<>();
    for (String name : List.of("*", dish)) {
      for (int seconds : new int[] {10, 60}) {
        long start = at - at % (seconds * 1000L);
        found.add(
            windows.computeIfAbsent(
                name + "|" + seconds + "|" + start,
                key -> new Window(name, seconds, start, new ArrayList<>(), new ArrayList<>())));
      }
    }
    return found;
  }

  Map<String, LatencyWindow> published() {
    Map<String, LatencyWindow> published = new TreeMap<>();
    windows.forEach((key, window) -> published.put(key, publish(window)));
    return published;
  }

  private static LatencyWindow publish(Window window) {
    return new LatencyWindow(
        window.dish(),
        window.seconds(),
        Instant.ofEpochMilli(window.start()),
        Instant.ofEpochMilli(window.start() + window.seconds() * 1000L),
        window.meals().size(),
        window.deadLetters().size(),
        1,
        stats(window.meals(), EndSeen::completion),
        stats(window.meals(), EndSeen::waiting),
        stats(window.meals(), EndSeen::cook),
        0,
        1,
        true,
        histogram(window.meals().stream().mapToLong(EndSeen::completion).toArray()),
        0,
        0,
        0);
  }

  private static LatencyStats stats(List<EndSeen> meals, ToLongFunction<EndSeen> latency) {
    long[] sorted = meals.stream().mapToLong(latency).sorted().toArray();
    double min = sorted.length == 0 ? 0 : sorted[0] / 1000.0;
    double max = sorted.length == 0 ? 0 : sorted[sorted.length - 1] / 1000.0;
    return new LatencyStats(min, max, min, min, min, min, min, min);
  }

  static EncodedHistogram histogram(long[] micros) {
    Histogram histogram = new Histogram(1, 24L * 60 * 60 * 1_000_000, 2);
    Arrays.stream(micros).forEach(histogram::recordValue);
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return new EncodedHistogram(
        EncodedHistogram.HDR_V2_BASE64,
        Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
  }
}
