package dev.brigade.orders;

import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.jspecify.annotations.Nullable;

/**
 * The oldest cluster that works: KRaft at metadata version 3.7, which only brokers of Kafka 3.7 or
 * newer can share.
 */
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
    requireLevel(metadata == null ? null : metadata.maxVersionLevel());
  }

  static void requireLevel(@Nullable Short metadataLevel) {
    if (metadataLevel == null) {
      throw refuse("it has no metadata.version (not KRaft)");
    }
    if (metadataLevel < NEEDED_METADATA_LEVEL) {
      throw refuse(
          "its metadata.version is level "
              + metadataLevel
              + ", level "
              + NEEDED_METADATA_LEVEL
              + " is needed");
    }
  }

  private static CommandFailure refuse(String detail) {
    return new CommandFailure(ExitCode.FAILED, tooOld(detail));
  }

  static String tooOld(String detail) {
    return "the cluster is too old: Kafka " + NEEDED + " (KRaft) or newer is needed; " + detail;
  }
}
