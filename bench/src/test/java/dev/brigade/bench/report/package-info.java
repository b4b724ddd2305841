@NullMarked
package dev.brigade.bench.report;

import org.jspecify.annotations.NullMarked;
