@NullMarked
package dev.brigade.monitor;

import org.jspecify.annotations.NullMarked;
