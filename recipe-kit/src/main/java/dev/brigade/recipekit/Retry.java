package dev.brigade.recipekit;

import java.time.Duration;

/**
 * A try that failed and is followed by another one.
 *
 * @param attempt which try failed, from 1; a crash begins again at 1
 * @param reason what the recipe said or threw, or that it took too long
 * @param delay until the next try: what the recipe asked for, else the longest that the worker's
 *     back-off may choose (100 ms, doubling up to 30 s); a worker chooses at random up to that
 */
public record Retry(int attempt, String reason, Duration delay) {}
