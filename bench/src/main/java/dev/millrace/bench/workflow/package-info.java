/** Workflows end to end, and the way of many items out and in again. */
@NullMarked
package dev.millrace.bench.workflow;

import org.jspecify.annotations.NullMarked;
