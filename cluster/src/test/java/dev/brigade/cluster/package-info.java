@NullMarked
package dev.brigade.cluster;

import org.jspecify.annotations.NullMarked;
