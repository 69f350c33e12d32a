package dev.millrace.outbound;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A finished download.
 *
 * @param path the target of the request, complete and on disk
 * @param bytes its size
 * @param sha256 of its content, in lower-case hex
 * @param contentType as the server said, or null
 * @param etag as the server said, or null
 * @param fromCache whether the content was here already
 * @param bytesFetched that came over the network for this: 0 from the cache, less than {@code
 *     bytes} if an earlier part was used
 */
public record Downloaded(
    Path path,
    long bytes,
    String sha256,
    @Nullable String contentType,
    @Nullable String etag,
    boolean fromCache,
    long bytesFetched) {}
