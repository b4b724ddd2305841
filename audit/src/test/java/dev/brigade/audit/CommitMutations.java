package dev.brigade.audit;

import dev.brigade.audit.CommitSample.Committed;
import java.util.List;
import java.util.stream.Stream;

/** Of what was seen of commits. */
final class CommitMutations {
  private CommitMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
        Mutation.of("a commit is ahead of the ends", Invariant.I6, CommitMutations::ahead),
        Mutation.of(
            "what is done past it is ahead of the ends", Invariant.I6, CommitMutations::done),
        Mutation.of("a commit goes back", Invariant.I6, CommitMutations::back),
        Mutation.of(
            "the last commit is one short of the end",
            Invariant.I7,
            history -> history.committed.merge(0, -1L, Long::sum)),
        Mutation.of(
            "a partition has no commit", Invariant.I7, history -> history.committed.remove(1)),
        Mutation.of("ends are visible before their offsets", Invariant.I8, CommitMutations::behind)
            .where((delivery, ordering) -> delivery == Delivery.EXACTLY_ONCE));
  }

  private static Committed with(Committed commit, long offset, String metadata) {
    return new Committed(
        commit.visibleMeals(),
        commit.visibleDeadLetters(),
        offset,
        metadata,
        commit.meals(),
        commit.deadLetters());
  }

  private static CommitSample middle(AlteredHistory history) {
    List<CommitSample> samples = history.samples(0);
    return samples.get(samples.size() / 3);
  }

  /** By more than what was being cooked then. */
  private static void ahead(AlteredHistory history) {
    CommitSample sample = middle(history);
    Committed commit = AlteredHistory.commit(sample);
    history.replace(sample, 0, with(commit, commit.offset() + 40, ""));
    history
        .samples(0)
        .forEach(
            later -> {
              Committed then = AlteredHistory.commit(later);
              if (later.at().isAfter(sample.at()) && then.offset() < commit.offset() + 40) {
                history.replace(later, 0, with(then, commit.offset() + 40, ""));
              }
            });
  }

  private static void done(AlteredHistory history) {
    CommitSample sample = middle(history);
    Committed commit = AlteredHistory.commit(sample);
    OrderSeen open =
        history.orders().stream()
            .filter(order -> order.appendedAt() > sample.at().toEpochMilli() + 20)
            .findFirst()
            .orElseThrow();
    history.replace(
        sample, 0, with(commit, commit.offset(), commit.metadata() + "," + open.offset()));
  }

  /** When all was done: it still tells that the last order is. */
  private static void back(AlteredHistory history) {
    List<CommitSample> samples = history.samples(0);
    CommitSample sample = samples.get(samples.size() - 1);
    List<OrderSeen> orders = history.orders();
    long last = orders.get(orders.size() - 1).offset();
    history.replace(sample, 0, with(AlteredHistory.commit(sample), last, Long.toString(last)));
  }

  /** As if the offsets of all transactions since the sample before had come later. */
  private static void behind(AlteredHistory history) {
    List<CommitSample> samples = history.samples(0);
    for (int i = samples.size() / 3; i < samples.size(); i++) {
      Committed before = AlteredHistory.commit(samples.get(i - 1));
      Committed commit = AlteredHistory.commit(samples.get(i));
      if (commit.offset() > before.offset() + 1 && before.metadata().isEmpty()) {
        history.replace(samples.get(i), 0, with(commit, before.offset(), before.metadata()));
        return;
      }
    }
    throw new AssertionError("nothing was committed");
  }
}
