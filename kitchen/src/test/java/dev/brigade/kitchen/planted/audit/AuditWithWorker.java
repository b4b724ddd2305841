package dev.brigade.kitchen.planted.audit;

import dev.brigade.kitchen.planted.worker.Chef;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record AuditWithWorker(Chef chef) {}
