package dev.brigade.kitchen.chaos.tools;

/**
 * Whether a tool works on this machine.
 *
 * @param why what was seen, or what is missing; one line
 */
public record Finding(boolean works, String why) {}
