/**
 * Microbenchmarks of what is public, and the records that all of them work on. Those of the
 * worker's inner structures are in the worker's package.
 */
@NullMarked
package dev.brigade.bench.micro;

import org.jspecify.annotations.NullMarked;
