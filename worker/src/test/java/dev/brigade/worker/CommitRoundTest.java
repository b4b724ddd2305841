package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitRoundTest {
  private static final int FULL_BYTES = 4_096 * 3;

  @Test
  void eachPartitionHasItsTurnOnceARoundThoughAllOfThemChangeMeanwhile() {
    List<Assignment> assignments = full(100);
    CommitRound round = new CommitRound(new MetadataCapacity());
    for (int rounds = 0; rounds < 3; rounds++) {
      round.begin(assignments);
      List<Assignment> turns = new ArrayList<>();
      int parts = 0;
      while (!round.isOver()) {
        List<Progress> part = round.nextPart();
        assertThat(part).isNotEmpty();
        assertThat(part.stream().mapToInt(Progress::metadataBytes).sum())
            .isLessThanOrEqualTo(800_000);
        part.forEach(progress -> turns.add(progress.assignment()));
        part.forEach(Progress::committed);
        assignments.forEach(assignment -> assignment.tracker.complete(nextOpen(assignment)));
        parts++;
      }
      assertThat(turns).containsExactlyElementsOf(assignments);
      assertThat(parts).isEqualTo(2);
      assertThat(round.bytes()).isBetween(99L * FULL_BYTES, 100L * FULL_BYTES);
    }
  }

  @Test
  void whatIsCommittedOrGoneHasNoTurn() {
    List<Assignment> assignments = full(3);
    CommitRound round = new CommitRound(new MetadataCapacity());
    assignments.get(1).gone();
    round.begin(assignments);
    List<Progress> part = round.nextPart();
    assertThat(part)
        .extracting(Progress::assignment)
        .containsExactly(assignments.get(0), assignments.get(2));
    part.forEach(Progress::committed);
    round.begin(assignments);
    // The first one was padded, and is committed once more as it is
    assertThat(round.nextPart())
        .extracting(Progress::assignment)
        .containsExactly(assignments.get(0));
  }

  @Test
  void roundsAreRarerTheMoreMetadataTheyHave() {
    assertThat(roundsWithinSixSeconds(full(1))).isEqualTo(30);
    // 98 x 12,288 bytes at 1 MB/s take 1.2 s
    assertThat(roundsWithinSixSeconds(full(98))).isEqualTo(5);
    assertThat(roundsWithinSixSeconds(full(450))).isEqualTo(2);
  }

  private static int roundsWithinSixSeconds(Collection<Assignment> assignments) {
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    consumer.assign(assignments.stream().map(Assignment::partition).toList());
    long[] nanos = {0};
    PlainCommits commits =
        new PlainCommits(
            consumer,
            Duration.ofMillis(200),
            error -> {
              throw new AssertionError(error);
            },
            PlainCommits.Outcome.IGNORED,
            Watch.NOBODY,
            () -> nanos[0]);
    Assignment any = assignments.iterator().next();
    int rounds = 0;
    for (int i = 0; i < 600; i++) {
      nanos[0] += Duration.ofMillis(10).toNanos();
      assignments.forEach(assignment -> assignment.committedRevision = -2);
      commits.commitIfDue(assignments);
      if (any.committedRevision != -2) {
        rounds++;
      }
    }
    return rounds;
  }

  private static List<Assignment> full(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> CommitsTest.full(new TopicPartition("orders", number)))
        .toList();
  }

  private static long nextOpen(Assignment assignment) {
    OffsetTracker tracker = assignment.tracker;
    return tracker.done().nextClear(tracker.watermark() + 1, tracker.end());
  }
}
