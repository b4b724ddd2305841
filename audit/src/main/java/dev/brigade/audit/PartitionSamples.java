package dev.brigade.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The commit samples of one partition that say something, by time. */
final class PartitionSamples {
  private final List<Instant> times = new ArrayList<>();
  private final List<CommitSample.Committed> commits = new ArrayList<>();
  private final CompletedSet.Decoder metadata;
  private final Disruptions disruptions;

  PartitionSamples(Evidence evidence, int partition) {
    this.metadata = evidence.history().metadata();
    this.disruptions = evidence.disruptions();
    for (CommitSample sample : evidence.history().commits()) {
      CommitSample.Committed commit = sample.partitions().get(partition);
      if (commit != null && !disruptions.mayAllAnswersBeOld(sample.at())) {
        times.add(sample.at());
        commits.add(commit);
      }
    }
  }

  int size() {
    return commits.size();
  }

  Instant time(int at) {
    return times.get(at);
  }

  CommitSample.Committed get(int at) {
    return commits.get(at);
  }

  /** Which orders past the committed offset were done. */
  CompletedSet completed(int at) {
    CommitSample.Committed commit = commits.get(at);
    return commit.metadata().isEmpty()
        ? CompletedSet.NONE
        : metadata.decode(commit.offset(), commit.metadata());
  }

  /** Whether the sample may be an old answer of a broker, which the next sample must bear out. */
  boolean isUncertain(int at) {
    return disruptions.mayAnswerBeOld(times.get(at));
  }

  boolean mayGoBack(int at) {
    return disruptions.mayOffsetsGoBack(times.get(at));
  }
}
