package dev.millrace.outbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a URL answered when it was last asked.
 *
 * @param key digest of the whole URL and of what was sent with it, so that secrets in them are not
 *     stored
 * @param shown the URL for people
 * @param checkedAt when the server last sent or confirmed this content
 */
record CachedUrl(
    String key,
    String shown,
    String sha256,
    @Nullable String etag,
    @Nullable String lastModified,
    @Nullable String contentType,
    Instant checkedAt) {}
