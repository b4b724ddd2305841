package dev.brigade.kitchen.chaos;

import dev.brigade.audit.LedgeredSender;
import dev.brigade.cluster.KafkaCluster;
import java.nio.file.Path;

/**
 * What faults are injected into.
 *
 * @param disks the brokers', empty unless a fault needs them
 * @param monitorState the monitor's directory
 */
record Arena(
    ChaosPlan plan,
    KafkaCluster cluster,
    Roles roles,
    Staff staff,
    Progress progress,
    LedgeredSender sender,
    GroupOffsets offsets,
    SmallDisks disks,
    Path monitorState) {
  static final String SUPERVISOR = "supervisor";
  static final String MONITOR = "monitor";
}
