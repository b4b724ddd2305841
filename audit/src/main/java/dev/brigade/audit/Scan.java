package dev.brigade.audit;

import dev.brigade.orders.Activity;
import dev.brigade.orders.LatencyWindow;
import java.util.List;
import java.util.Map;

/**
 * What one reading of all of a kitchen's topics saw, committed records only. Takes about 300 bytes
 * for each order with its end.
 *
 * @param fingerprints of every record
 * @param orders by partition, in log order
 * @param meals by partition, in log order, every one: also an order's second
 * @param deadLetters likewise
 * @param activity in log order
 * @param windows the last revision of each, by its record's key
 * @param unreadable records on the other topics that are not what they should be, in words; a
 *     record on {@code orders} may be anything
 * @param ordersEnd where each partition of {@code orders} ends: behind its last record, and behind
 *     what closes transactions
 */
public record Scan(
    Fingerprints fingerprints,
    Map<Integer, List<OrderSeen>> orders,
    Map<Integer, List<EndSeen>> meals,
    Map<Integer, List<EndSeen>> deadLetters,
    List<Activity> activity,
    Map<String, LatencyWindow> windows,
    List<String> unreadable,
    Map<Integer, Long> ordersEnd) {}
