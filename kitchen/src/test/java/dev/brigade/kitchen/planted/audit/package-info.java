@NullMarked
package dev.brigade.kitchen.planted.audit;

import org.jspecify.annotations.NullMarked;
