package dev.brigade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.orders.InitCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a command says to a broker that wants to know who is there, and does not let everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredBrokerTest {
  private SecuredBroker broker;

  @BeforeAll
  void start() throws Exception {
    broker = new SecuredBroker();
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void aWrongPasswordIsNotAuthenticated() throws Exception {
    CommandRun run = init(broker.sasl(), "password", broker.saslProperties("wrong-password"));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .containsExactly(
            "init: not authenticated: Authentication failed: Invalid username or password");
  }

  @Test
  void aMissingAclIsNamedWithResourceAndOperation() throws Exception {
    // Given
    String cook = broker.saslProperties(SecuredBroker.PASSWORD);

    // Then
    assertThat(init(broker.sasl(), "acl", cook))
        .isEqualTo(refused("init: not authorised: DESCRIBE on topic acl.orders"));

    allow("acl.", AclOperation.DESCRIBE);
    assertThat(init(broker.sasl(), "acl", cook))
        .isEqualTo(refused("init: not authorised: CREATE on topic acl.orders"));

    allow("acl.", AclOperation.CREATE);
    assertThat(init(broker.sasl(), "acl", cook))
        .isEqualTo(refused("init: not authorised: DESCRIBE_CONFIGS on topic acl.orders"));

    allow("acl.", AclOperation.DESCRIBE_CONFIGS);
    CommandRun run = init(broker.sasl(), "acl", cook);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).hasSize(6).allMatch(line -> line.endsWith(": as it should be"));
  }

  @Test
  void aTrustedBrokerIsReachedOverTls() throws Exception {
    // The nobody of a TLS connection is a super user here.
    CommandRun run = init(broker.tls(), "tls", broker.tlsProperties());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aCertificateNobodyTrustsIsNotAuthenticated() throws Exception {
    CommandRun run = init(broker.tls(), "untrusted", "security.protocol=SSL\n");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("init: not authenticated: SSL handshake failed")
        .contains("unable to find valid certification path");
  }

  @Test
  void aClientThatDoesNotSpeakThePortsProtocolIsTold() {
    // Given: each waits for its answer as long as any command does, so all of them at once
    List<List<String>> mismatches =
        List.of(
            arguments(broker.open(), "mismatch", broker.tlsProperties()),
            arguments(broker.tls(), "mismatch", ""),
            arguments(broker.sasl(), "mismatch", ""));

    // When
    List<CommandRun> runs = CommandRun.allOf(InitCommand::new, mismatches);

    // Then
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.exitCode()).isEqualTo(3);
              assertThat(run.err())
                  .singleElement()
                  .asString()
                  .startsWith("init: cluster unreachable: nothing answers at 127.0.0.1:")
                  .endsWith(
                      " (is it running there, and does --command-config name the security.protocol"
                          + " of that port: TLS, SASL or neither?)");
            });
  }

  private CommandRun init(String address, String kitchen, String properties) {
    return CommandRun.of(
        new InitCommand(), arguments(address, kitchen, properties).toArray(String[]::new));
  }

  private List<String> arguments(String address, String kitchen, String properties) {
    return List.of(
        "--bootstrap-server=" + address,
        "--kitchen=" + kitchen,
        "--partitions=1",
        "--command-config=" + broker.write(properties));
  }

  private static CommandRun refused(String line) {
    return new CommandRun(4, List.of(), List.of(line));
  }

  private void allow(String prefix, AclOperation operation) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.open()))) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED),
                      new AccessControlEntry(
                          "User:cook", "*", operation, AclPermissionType.ALLOW))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
