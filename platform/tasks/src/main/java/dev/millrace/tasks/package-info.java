/**
 * Queues, workers, retries, steps and history of durable tasks. No HTTP and no SQL of other parts
 * is here.
 */
@NullMarked
package dev.millrace.tasks;

import org.jspecify.annotations.NullMarked;
