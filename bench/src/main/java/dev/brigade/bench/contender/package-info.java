/** Those whom Brigade is measured beside: each a process of its own, told by its environment. */
@NullMarked
package dev.brigade.bench.contender;

import org.jspecify.annotations.NullMarked;
