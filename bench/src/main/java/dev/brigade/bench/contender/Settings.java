package dev.brigade.bench.contender;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;

/** Says on standard output how a contender is configured, for the report to show. */
final class Settings {
  /** What the harness gives each, and that keys and values are bytes. */
  private static final Set<String> SAME_FOR_ALL =
      Set.of(
          "bootstrap.servers",
          "group.id",
          "client.id",
          "transactional.id",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  private Settings() {}

  static void say(String setting) {
    System.out.println("config: " + setting);
  }

  /** Those of a Kafka client that are not the library's defaults. */
  static void sayOf(String client, Map<String, Object> config, ConfigDef definition) {
    Map<String, Object> defaults = definition.defaultValues();
    new TreeMap<>(config)
        .forEach(
            (name, value) -> {
              if (!SAME_FOR_ALL.contains(name) && !isDefault(name, value, definition, defaults)) {
                say("%s %s=%s".formatted(client, name, value));
              }
            });
  }

  private static boolean isDefault(
      String name, Object value, ConfigDef definition, Map<String, Object> defaults) {
    ConfigDef.ConfigKey key = Objects.requireNonNull(definition.configKeys().get(name), name);
    Object parsed = ConfigDef.parseType(name, value, key.type);
    return Objects.equals(parsed, defaults.get(name));
  }
}
