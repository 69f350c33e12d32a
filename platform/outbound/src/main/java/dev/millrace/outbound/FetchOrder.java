package dev.millrace.outbound;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A download request after its checks, without its target: what two requests have in common when
 * they can share one download.
 *
 * @param key digest of the URL and the headers
 */
record FetchOrder(
    String key,
    WebUrl url,
    @Nullable String sha256,
    Map<String, String> headers,
    long maxBytes,
    Duration fresh) {

  static FetchOrder of(DownloadRequest request, OutboundConfig config) throws OutboundException {
    WebUrl url = WebUrl.parse(request.url());
    String key = Sha256.of(url + "\n" + new TreeMap<>(request.headers()));
    Duration fresh = request.fresh();
    return new FetchOrder(
        key,
        url,
        request.sha256(),
        request.headers(),
        request.maxBytes() > 0 ? request.maxBytes() : config.maxBytes(),
        fresh != null ? fresh : config.cache().fresh());
  }
}
