package dev.brigade.audit;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** I10: as far as the live scan has come in a log, it saw what is there in the end. */
final class TwoScans implements Check {
  private final Tally vanished =
      new Tally(Invariant.I10, "records were seen that are gone in the end");
  private final Tally unseen =
      new Tally(Invariant.I10, "records are there that the live scan had passed unseen");
  private final Tally changed = new Tally(Invariant.I10, "records have changed");

  @Override
  public List<Violation> check(Evidence evidence) {
    Fingerprints live = evidence.history().live();
    Fingerprints last = evidence.history().scan().fingerprints();
    for (Map.Entry<TopicPartition, LogFingerprint> log : live.logs().entrySet()) {
      compare(log.getKey(), log.getValue(), last.log(log.getKey()));
    }
    live.changed().forEach(changed::add);
    last.changed().forEach(changed::add);
    return Tally.violations(vanished, unseen, changed);
  }

  private void compare(TopicPartition log, LogFingerprint live, LogFingerprint last) {
    for (int i = 0; i < live.size(); i++) {
      int found = last.find(live.offset(i));
      if (found < 0) {
        vanished.add("%s offset %d", log, live.offset(i));
      } else if (last.hash(found) != live.hash(i)) {
        changed.add("%s offset %d", log, live.offset(i));
      }
    }
    for (int i = 0; i < last.size() && last.offset(i) <= live.last(); i++) {
      if (live.find(last.offset(i)) < 0) {
        unseen.add("%s offset %d", log, last.offset(i));
      }
    }
  }
}
