/** What docs/recipes.md shows, as it is tested. */
@NullMarked
package dev.brigade.example;

import org.jspecify.annotations.NullMarked;
