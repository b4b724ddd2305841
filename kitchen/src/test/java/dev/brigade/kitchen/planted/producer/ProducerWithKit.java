package dev.brigade.kitchen.planted.producer;

import dev.brigade.kitchen.planted.recipekit.KitWithTestFramework;

/** Breaks a rule on purpose, see ArchitectureTest. */
public record ProducerWithKit(KitWithTestFramework kit) {}
