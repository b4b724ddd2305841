@NullMarked
package dev.brigade.kitchen.planted.producer;

import org.jspecify.annotations.NullMarked;
