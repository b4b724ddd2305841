@NullMarked
package dev.brigade.cluster.net;

import org.jspecify.annotations.NullMarked;
