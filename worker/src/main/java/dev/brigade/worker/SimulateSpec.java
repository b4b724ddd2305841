package dev.brigade.worker;

import dev.brigade.orders.Durations;
import dev.brigade.orders.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code DURATION[,jitter=J][,fail=F]}, what a {@code simulate:} recipe is given. */
final class SimulateSpec {
  private static final String FORM =
      "expected simulate:DURATION[,jitter=J][,fail=F], such as simulate:20ms,jitter=0.2,fail=0.01";

  private static final Set<String> SETTINGS = Set.of("jitter", "fail");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,15})?");

  private SimulateSpec() {}

  /**
   * @throws IllegalArgumentException if it is wrong, with what is expected
   */
  static SimulateRecipe parse(String text) {
    String[] parts = text.split(",", -1);
    Duration duration = Durations.parse(parts[0]);
    Map<String, Double> settings = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      String name = setting[0].strip();
      if (setting.length < 2 || !SETTINGS.contains(name)) {
        throw new IllegalArgumentException("'" + Text.shown(parts[i]) + "' is not known; " + FORM);
      }
      @Nullable Double former = settings.put(name, share(name, setting[1].strip()));
      if (former != null) {
        throw new IllegalArgumentException(name + " is given twice; " + FORM);
      }
    }
    return new SimulateRecipe(
        duration, settings.getOrDefault("jitter", 0.0), settings.getOrDefault("fail", 0.0));
  }

  private static double share(String name, String text) {
    double share = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : -1;
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException(
          name + " must be a number from 0 to 1, such as 0.2, but is '" + Text.shown(text) + "'");
    }
    return share;
  }
}
