package dev.brigade.audit;

import java.util.List;
import java.util.Map;

/**
 * All that is known of a run. The kitchen must be at rest when the last scan and the final offsets
 * are taken: every order has ended, every commit is done, the monitor has published.
 *
 * @param ledger of all senders
 * @param live what a reader saw while the kitchen worked; it may have come less far
 * @param scan what a reader saw afterwards
 * @param commits by time
 * @param committed the final offset by partition of {@code orders}
 * @param metadata how to read the samples' commit metadata
 * @param disruptions that explain duplicates
 * @param monitored whether a monitor worked all the time; without one I9 is not checked
 * @param missedRecoveries what did not go on in time, one line each
 */
public record History(
    Delivery delivery,
    Ordering ordering,
    List<LedgerEntry> ledger,
    Fingerprints live,
    Scan scan,
    List<CommitSample> commits,
    Map<Integer, Long> committed,
    CompletedSet.Decoder metadata,
    List<Disruption> disruptions,
    boolean monitored,
    List<String> missedRecoveries,
    Leftovers leftovers) {}
