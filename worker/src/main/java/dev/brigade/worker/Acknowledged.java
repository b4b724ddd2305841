package dev.brigade.worker;

/** The brokers hold this order's end: from here its offset counts as done. */
record Acknowledged(OpenOrder order, boolean meal) {}
