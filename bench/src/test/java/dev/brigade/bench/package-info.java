@NullMarked
package dev.brigade.bench;

import org.jspecify.annotations.NullMarked;
