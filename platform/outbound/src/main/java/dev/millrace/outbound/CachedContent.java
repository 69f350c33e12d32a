package dev.millrace.outbound;

import java.time.Instant;

/**
 * A file of the cache.
 *
 * @param modifiedMillis its modification time when it was finished; another one means that somebody
 *     changed it
 */
record CachedContent(String sha256, long bytes, long modifiedMillis, Instant usedAt) {}
