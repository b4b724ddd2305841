@NullMarked
package dev.brigade.kitchen.chaos.tools;

import org.jspecify.annotations.NullMarked;
