/** Figures of the store alone: what its writer adds to raw SQLite. */
@NullMarked
package dev.millrace.bench.store;

import org.jspecify.annotations.NullMarked;
