package dev.brigade.audit;

import java.util.List;

/**
 * One way in which an invariant was broken.
 *
 * @param count how often
 * @param message what is wrong, in words
 * @param examples at most 5
 */
public record Violation(Invariant invariant, long count, String message, List<String> examples) {}
