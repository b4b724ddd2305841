@NullMarked
package dev.brigade.orders;

import org.jspecify.annotations.NullMarked;
