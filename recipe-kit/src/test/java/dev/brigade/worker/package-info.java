/** Tests that hold the kit against a worker's inner parts. */
@NullMarked
package dev.brigade.worker;

import org.jspecify.annotations.NullMarked;
