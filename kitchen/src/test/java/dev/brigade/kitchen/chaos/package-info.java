@NullMarked
package dev.brigade.kitchen.chaos;

import org.jspecify.annotations.NullMarked;
