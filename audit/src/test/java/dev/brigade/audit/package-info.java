@NullMarked
package dev.brigade.audit;

import org.jspecify.annotations.NullMarked;
