package dev.brigade.kitchen.chaos;

import dev.brigade.cluster.KafkaCluster;
import java.nio.file.Path;

/**
 * What faults are injected into.
 *
 * @param monitorState the monitor's directory
 */
record Arena(
    ChaosPlan plan,
    KafkaCluster cluster,
    Roles roles,
    Staff staff,
    Progress progress,
    Path monitorState) {
  static final String MONITOR = "monitor";
}
