@NullMarked
package dev.brigade.examples.dedupe;

import org.jspecify.annotations.NullMarked;
