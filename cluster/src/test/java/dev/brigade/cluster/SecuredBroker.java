package dev.brigade.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A broker that asks who is there: besides the open listener of {@link KafkaCluster}, one with
 * passwords and one with TLS, and access control. On the open listener everybody is a super user.
 */
final class SecuredBroker implements AutoCloseable {
  static final String PASSWORD = "hunter2";
  private static final String STORE_PASSWORD = "store-password";

  private final DataDirectory directory;
  private final EmbeddedBroker broker;
  private final String open;
  private final String sasl;
  private final String tls;
  private final Path trustStore;

  SecuredBroker() throws Exception {
    BrokerNoise.lower();
    LoopbackPorts ports = new LoopbackPorts(new Random());
    ClusterLayout layout = new ClusterLayout(List.of(ports.next()), List.of(ports.next()));
    this.directory = DataDirectory.temporary(1);
    this.open = layout.bootstrapServers();
    this.sasl = ClusterLayout.HOST + ":" + ports.next();
    this.tls = ClusterLayout.HOST + ":" + ports.next();
    this.trustStore = keyPair(directory.path().resolve("broker.p12"));
    Properties settings = BrokerSettings.of(1, layout, directory.node(1), Map.of());
    settings.put(
        "listeners", settings.getProperty("listeners") + ",SASL://" + sasl + ",TLS://" + tls);
    settings.put(
        "listener.security.protocol.map",
        settings.getProperty("listener.security.protocol.map") + ",SASL:SASL_PLAINTEXT,TLS:SSL");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name.sasl.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_cook=\""
            + PASSWORD
            + "\";");
    settings.put("listener.name.tls.ssl.keystore.type", "PKCS12");
    settings.put("listener.name.tls.ssl.keystore.location", trustStore.toString());
    settings.put("listener.name.tls.ssl.keystore.password", STORE_PASSWORD);
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    this.broker = new EmbeddedBroker(settings, directory.clusterId());
    broker.start();
  }

  private static Path keyPair(Path store) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
    return store;
  }

  /** Where everybody may do everything. */
  String open() {
    return open;
  }

  /** Where a password is asked for; the user is {@code cook}. */
  String sasl() {
    return sasl;
  }

  String tls() {
    return tls;
  }

  String saslProperties(String password) {
    return "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n"
        + "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"cook\" password=\""
        + password
        + "\";\n";
  }

  /** Trusts the broker's own certificate. */
  String tlsProperties() {
    return "security.protocol=SSL\nssl.truststore.type=PKCS12\nssl.truststore.location="
        + trustStore
        + "\nssl.truststore.password="
        + STORE_PASSWORD
        + "\n";
  }

  /** A new file for {@code --command-config}. */
  Path write(String properties) {
    try {
      Path file = Files.createTempFile(directory.path(), "client", ".properties");
      return Files.writeString(file, properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    broker.close();
    directory.close();
  }
}
