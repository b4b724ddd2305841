package dev.brigade.kitchen.chaos;

/**
 * One line of the schedule. Who is hit is found out when it fires.
 *
 * @param number from 1
 * @param atMillis when it is injected, since the load began
 * @param holdMillis how long until it is healed
 */
record PlannedFault(int number, FaultKind kind, long atMillis, long holdMillis) {}
