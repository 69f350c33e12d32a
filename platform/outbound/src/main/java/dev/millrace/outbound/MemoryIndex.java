package dev.millrace.outbound;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An index for a process without a store: it starts empty. Thread-safe; guarded by itself. */
final class MemoryIndex implements DownloadIndex {
  private final Map<String, CachedUrl> urls = new HashMap<>();
  private final Map<String, CachedContent> contents = new HashMap<>();

  @Override
  public synchronized Optional<CachedUrl> url(String key) {
    return Optional.ofNullable(urls.get(key));
  }

  @Override
  public synchronized Optional<CachedContent> content(String sha256) {
    return Optional.ofNullable(contents.get(sha256));
  }

  @Override
  public synchronized void putContent(CachedContent content) {
    contents.put(content.sha256(), content);
  }

  @Override
  public synchronized void putUrl(CachedUrl url) {
    if (contents.containsKey(url.sha256())) {
      urls.put(url.key(), url);
    }
  }

  @Override
  public synchronized void used(String sha256, Instant at) {
    contents.computeIfPresent(
        sha256, (_, old) -> new CachedContent(sha256, old.bytes(), old.modifiedMillis(), at));
  }

  @Override
  public synchronized void remove(String sha256) {
    contents.remove(sha256);
    urls.values().removeIf(url -> url.sha256().equals(sha256));
  }

  @Override
  public synchronized List<CachedContent> leastUsed(int limit) {
    return contents.values().stream()
        .sorted(Comparator.comparing(CachedContent::usedAt))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long bytes() {
    return contents.values().stream().mapToLong(CachedContent::bytes).sum();
  }
}
