/** Figures of submitting, running and recovering tasks, beside raw SQLite and the peers. */
@NullMarked
package dev.millrace.bench.tasks;

import org.jspecify.annotations.NullMarked;
