@NullMarked
package dev.brigade.kitchen.planted.recipekit;

import org.jspecify.annotations.NullMarked;
