@NullMarked
package dev.brigade.kitchen.planted.worker;

import org.jspecify.annotations.NullMarked;
