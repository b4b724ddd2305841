package dev.brigade.worker;

/** What a dish is cooked by: a recipe that holds its chef meanwhile, or one that does not. */
sealed interface AnyRecipe extends AutoCloseable permits Recipe, AsyncRecipe {}
