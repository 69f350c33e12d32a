package dev.millrace.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How the statements of one fingerprint have fared since the store was opened.
 *
 * @param fingerprint the text without its values
 * @param count runs, each row of a batch counted
 * @param failures runs that failed; they are not in the times
 * @param total time spent in the database
 * @param longest one run
 * @param rows read or changed
 */
public record StatementSummary(
    String fingerprint,
    long count,
    long failures,
    Duration total,
    Duration longest,
    long rows,
    Instant lastSeen) {}
