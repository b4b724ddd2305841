package dev.brigade.cluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaCluster}: one broker in the test's JVM, started for the first test that
 * asks and shared by all, closed at the end of the run. Tests keep out of each other's way by topic
 * and group names of their own, and leave the broker running.
 */
public final class KafkaClusterExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(KafkaClusterExtension.class);

  /** Public for JUnit. */
  public KafkaClusterExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(KafkaCluster.class, key -> start(), KafkaCluster.class);
  }

  private static KafkaCluster start() {
    BrokerNoise.lower();
    return KafkaCluster.builder().inThisJvm().start();
  }
}
