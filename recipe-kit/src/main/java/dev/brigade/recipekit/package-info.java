/**
 * Runs recipes in a test as a worker would, without brokers, on a clock that only the test moves.
 * Start at {@link dev.brigade.recipekit.RecipeKit}.
 */
@NullMarked
package dev.brigade.recipekit;

import org.jspecify.annotations.NullMarked;
