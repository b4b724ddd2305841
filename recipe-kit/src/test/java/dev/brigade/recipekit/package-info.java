@NullMarked
package dev.brigade.recipekit;

import org.jspecify.annotations.NullMarked;
