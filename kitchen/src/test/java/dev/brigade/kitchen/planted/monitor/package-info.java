@NullMarked
package dev.brigade.kitchen.planted.monitor;

import org.jspecify.annotations.NullMarked;
