package dev.brigade.kitchen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What a bug report needs to name: this build, its Kafka clients and the JVM. */
public final class VersionLines implements IVersionProvider {
  private static final String RESOURCE = "/brigade-version.properties";

  @Override
  public String[] getVersion() {
    return new String[] {
      "brigade " + ownVersion(),
      "Kafka clients " + AppInfoParser.getVersion(),
      "Java %s, %s"
          .formatted(System.getProperty("java.runtime.version"), System.getProperty("java.vendor"))
    };
  }

  /** Of this build. */
  public static String ownVersion() {
    Properties properties = new Properties();
    try (InputStream resource =
        Objects.requireNonNull(VersionLines.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
