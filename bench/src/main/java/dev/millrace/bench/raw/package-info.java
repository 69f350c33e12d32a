/**
 * What SQLite itself can do here through its driver: the limit that our own figures are set
 * against.
 */
@NullMarked
package dev.millrace.bench.raw;

import org.jspecify.annotations.NullMarked;
