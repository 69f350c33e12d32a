package dev.millrace.apps.crew.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run is over: what its record is made of, besides the run itself.
 *
 * @param run its id
 * @param status succeeded, failed or cancelled
 * @param failure why it failed
 */
record RunEnd(String run, String status, @Nullable String failure, Instant at) {}
