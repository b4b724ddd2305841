@NullMarked
package dev.brigade.kitchen.planted.orders;

import org.jspecify.annotations.NullMarked;
