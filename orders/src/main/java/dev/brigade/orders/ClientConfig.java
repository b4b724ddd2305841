package dev.brigade.orders;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;

/**
 * The client properties of {@code --command-config}. A misspelt key is refused rather than ignored
 * (it may be the one that turns TLS on), and so is one that would break a guarantee.
 */
final class ClientConfig {
  /** Keys with the only value that keeps the guarantees. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
          Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
          Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
          Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
          Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
          Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
          Map.entry(ConsumerConfig.CHECK_CRCS_CONFIG, "true"));

  /** Keys that are not the user's to set, with the reason. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "use --bootstrap-server"),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "use --kitchen"),
          Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "use --worker-id"),
          Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "it is chosen by the command"),
          Map.entry(
              ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, "it is chosen by the command"),
          Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "it follows from the worker id"),
          Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, "orders of one key share a partition"),
          Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "orders are spread by key"),
          Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "records are bytes here"),
          Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "records are bytes here"),
          Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "records are bytes here"),
          Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "records are bytes here"));

  private static final Set<String> FILES =
      Set.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

  private static final Map<String, ConfigKey> KNOWN = known();

  private ClientConfig() {}

  /**
   * @throws CommandFailure with {@link ExitCode#USAGE} if the file or a key in it is no good
   */
  static Map<String, Object> load(Path file) {
    if (Files.isDirectory(file)) {
      throw refuse(file, "is a directory, expected a file of client properties");
    }
    if (!Files.exists(file)) {
      throw refuse(file, "does not exist");
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (AccessDeniedException e) {
      throw refuse(file, "cannot be read: permission denied");
    } catch (MalformedInputException e) {
      throw refuse(file, "is not UTF-8 text");
    } catch (IOException | IllegalArgumentException e) {
      throw refuse(file, "cannot be read: " + e.getMessage());
    }
    Map<String, Object> config = new HashMap<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(key).strip();
      check(file, key, value);
      config.put(key, value);
    }
    return config;
  }

  private static void check(Path file, String key, String value) {
    String why = OURS.get(key);
    if (why != null) {
      throw refuse(file, "must not set " + key + ": " + why);
    }
    ConfigKey known = KNOWN.get(key);
    if (known == null) {
      throw refuse(
          file, "has an unknown key " + Text.shown(key) + Spelling.hint(key, KNOWN.keySet()));
    }
    String fixed = FIXED.get(key);
    if (fixed != null
        && !fixed.equalsIgnoreCase(value)
        && !(fixed.equals("all") && value.equals("-1"))) {
      throw refuse(
          file,
          "sets " + key + ", which breaks a guarantee; it must stay " + fixed + " (remove it)");
    }
    try {
      Object parsed = ConfigDef.parseType(key, value, known.type);
      if (known.validator != null) {
        known.validator.ensureValid(key, parsed);
      }
    } catch (ConfigException e) {
      throw refuse(file, "has a wrong value: " + e.getMessage());
    }
    if (FILES.contains(key) && !Files.isReadable(Path.of(value))) {
      throw refuse(file, "names a file in " + key + " that cannot be read: " + Text.shown(value));
    }
  }

  private static Map<String, ConfigKey> known() {
    Map<String, ConfigKey> known = new HashMap<>(AdminClientConfig.configDef().configKeys());
    known.putAll(ConsumerConfig.configDef().configKeys());
    known.putAll(ProducerConfig.configDef().configKeys());
    return known;
  }

  private static CommandFailure refuse(Path file, String what) {
    return CommandFailure.usage("--command-config " + Text.shown(file.toString()) + " " + what);
  }
}
