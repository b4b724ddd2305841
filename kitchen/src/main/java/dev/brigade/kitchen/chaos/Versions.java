package dev.brigade.kitchen.chaos;

import dev.brigade.kitchen.VersionLines;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a soak was run with. */
final class Versions {
  private Versions() {}

  static Map<String, String> here() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("brigade", VersionLines.ownVersion());
    versions.put("kafka", AppInfoParser.getVersion());
    versions.put("java", System.getProperty("java.runtime.version"));
    versions.put(
        "system",
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors()));
    return versions;
  }
}
