@NullMarked
package dev.brigade.worker;

import org.jspecify.annotations.NullMarked;
