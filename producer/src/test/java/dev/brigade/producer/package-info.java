@NullMarked
package dev.brigade.producer;

import org.jspecify.annotations.NullMarked;
