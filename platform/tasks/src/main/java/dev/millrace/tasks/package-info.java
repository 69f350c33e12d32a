/**
 * Durable tasks: submission, queues, workers, retries, steps and history on the store. Workflows
 * are not here.
 */
@NullMarked
package dev.millrace.tasks;

import org.jspecify.annotations.NullMarked;
