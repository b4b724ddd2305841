package dev.brigade.bench.report;

import java.util.List;

/** A run that counts for nothing, and why. */
record FaultyRun(int repetition, List<String> faults) {}
