package dev.brigade.kitchen.planted.orders;

import org.HdrHistogram.Histogram;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record OrderWithHistogram(Histogram latencies) {}
