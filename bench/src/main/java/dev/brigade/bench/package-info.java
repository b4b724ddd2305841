/** Measures Brigade beside others that do the same work, and reports it. */
@NullMarked
package dev.brigade.bench;

import org.jspecify.annotations.NullMarked;
