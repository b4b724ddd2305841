/**
 * Microbenchmarks of the worker's inner structures. They are in the worker's package, though in
 * another module, because these structures are package-private and are to stay so; on a class path
 * a package may be spread over modules.
 */
@NullMarked
package dev.brigade.worker;

import org.jspecify.annotations.NullMarked;
