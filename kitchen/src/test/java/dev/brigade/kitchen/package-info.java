@NullMarked
package dev.brigade.kitchen;

import org.jspecify.annotations.NullMarked;
