/** What faults are injected with on this machine, and whether it works here. */
@NullMarked
package dev.brigade.kitchen.chaos.tools;

import org.jspecify.annotations.NullMarked;
