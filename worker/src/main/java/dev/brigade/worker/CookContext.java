package dev.brigade.worker;

import dev.brigade.orders.CompletionId;
import java.util.Map;

/**
 * What a recipe may know beside the order itself.
 *
 * @param worker the worker's id
 * @param chef which of its chefs cooks, from 0
 * @param attempt which try this is, from 1, counted by this worker
 * @param completionId the order's place in the log: the same whenever this order is cooked again
 * @param headers the order record's headers as UTF-8 text, the last of each name ({@code
 *     traceparent} for example); immutable
 */
public record CookContext(
    String worker, int chef, int attempt, CompletionId completionId, Map<String, String> headers) {}
