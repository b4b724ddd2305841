/** {@code brigade chaos}: faults under load, and a verdict from the topics. */
@NullMarked
package dev.brigade.kitchen.chaos;

import org.jspecify.annotations.NullMarked;
