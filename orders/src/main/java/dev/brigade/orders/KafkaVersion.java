package dev.brigade.orders;

import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/** The oldest cluster that works: KRaft at metadata version 3.7. */
final class KafkaVersion {
  static final String NEEDED = "3.7";

  /** The feature level of metadata version 3.7-IV4, from Kafka's MetadataVersion. */
  static final short NEEDED_METADATA_LEVEL = 19;

  private KafkaVersion() {}

  /**
   * @throws CommandFailure if the cluster is older than {@link #NEEDED}
   */
  static void require(FeatureMetadata features) {
    FinalizedVersionRange metadata = features.finalizedFeatures().get("metadata.version");
    if (metadata == null || metadata.maxVersionLevel() < NEEDED_METADATA_LEVEL) {
      throw new CommandFailure(
          ExitCode.FAILED,
          tooOld(
              metadata == null
                  ? "it has no metadata.version (not KRaft)"
                  : "its metadata.version is level " + metadata.maxVersionLevel()));
    }
  }

  static String tooOld(String detail) {
    return "the cluster is too old: Kafka " + NEEDED + " (KRaft) or newer is needed; " + detail;
  }
}
