/**
 * How much is run at once, found by measuring: from latencies, from memory, and by trials. No
 * database and no queues are here; what decides is told what happened, and answers what to do.
 */
@NullMarked
package dev.millrace.tasks.adaptive;

import org.jspecify.annotations.NullMarked;
