package dev.brigade.kitchen.planted.recipekit;

import org.junit.jupiter.api.TestInfo;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record KitWithTestFramework(TestInfo test) {}
