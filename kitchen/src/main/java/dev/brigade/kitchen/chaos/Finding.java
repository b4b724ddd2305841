package dev.brigade.kitchen.chaos;

/**
 * Whether a tool works on this machine.
 *
 * @param why what was seen, or what is missing; one line
 */
record Finding(boolean works, String why) {}
