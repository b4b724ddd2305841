/**
 * Keeps what was measured, judges it by the goals and shows it: one file per run, and reports that
 * are made from the files alone, so that every figure shown is one that somebody can measure again.
 */
@NullMarked
package dev.brigade.bench.report;

import org.jspecify.annotations.NullMarked;
