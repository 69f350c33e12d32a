package dev.millrace.outbound;

import org.jspecify.annotations.Nullable;

/** What a fetch brought into the cache. */
record Fetched(
    String sha256,
    long bytes,
    @Nullable String contentType,
    @Nullable String etag,
    boolean fromCache,
    long bytesFetched) {}
