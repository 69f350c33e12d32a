package dev.millrace.outbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the cache knows: which content a URL had, and which contents there are. Thread-safe; a
 * change is durable when its method returns, as far as the index is durable at all.
 */
interface DownloadIndex {
  Optional<CachedUrl> url(String key);

  Optional<CachedContent> content(String sha256);

  /** Adds or replaces the content. */
  void putContent(CachedContent content);

  /** Adds or replaces what the URL answered; its content must be there. */
  void putUrl(CachedUrl url);

  /** Notes that a content was used. */
  void used(String sha256, Instant at);

  /** Removes a content and every URL that had it. */
  void remove(String sha256);

  /** Contents in the order in which they should go. */
  List<CachedContent> leastUsed(int limit);

  /** The sizes of all contents together. */
  long bytes();
}
