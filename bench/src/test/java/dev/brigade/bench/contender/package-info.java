@NullMarked
package dev.brigade.bench.contender;

import org.jspecify.annotations.NullMarked;
