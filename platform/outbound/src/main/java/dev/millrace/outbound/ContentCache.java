package dev.millrace.outbound;

import dev.millrace.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished downloads by the digest of their content, in {@code sha256/ab/cdef…}. Thread-safe.
 *
 * <p>The index learns of a file before the file is moved to its place, and forgets it after the
 * file is gone: so no file is ever there that the index does not know, wherever a process is
 * killed. An entry without its file, or whose file was changed, is dropped when it is met.
 *
 * <p>{@code lock} guards {@code pins} and makes "drop what is not pinned" one step.
 */
final class ContentCache {
  private static final Logger log = LoggerFactory.getLogger(ContentCache.class);
  private static final int DROP_AT_ONCE = 64;

  private final Path folder;
  private final DownloadIndex index;
  private final CacheRules rules;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> pins = new HashMap<>();

  ContentCache(Path folder, DownloadIndex index, CacheRules rules, InstantSource clock) {
    this.folder = folder;
    this.index = index;
    this.rules = rules;
    this.clock = clock;
  }

  /** What the URL behind {@code key} answered last, if that content is still here. */
  Optional<CachedUrl> url(String key) {
    return index.url(key).filter(url -> content(url.sha256()).isPresent());
  }

  /** A content that is here and as it was finished. */
  Optional<CachedContent> content(String sha256) {
    var known = index.content(sha256);
    if (known.isPresent() && !isIntact(known.get())) {
      drop(sha256);
      return Optional.empty();
    }
    return known;
  }

  /** Takes in a finished part: after this the part is gone and the content is here. */
  void adopt(PartFile part, String sha256) throws IOException {
    if (content(sha256).isPresent()) {
      part.discard();
      return;
    }
    move(part.path(), part.length(), sha256);
    part.released();
  }

  /** As {@link #adopt(PartFile, String)} for a whole file that nobody writes any more. */
  void adopt(Path whole, long bytes, String sha256) throws IOException {
    if (content(sha256).isPresent()) {
      Files.deleteIfExists(whole);
    } else {
      move(whole, bytes, sha256);
    }
  }

  private void move(Path from, long bytes, String sha256) throws IOException {
    Path file = file(sha256);
    DurableFiles.createFolders(DurableFiles.folderOf(file));
    long modified = Files.getLastModifiedTime(from).toMillis();
    index.putContent(new CachedContent(sha256, bytes, modified, clock.instant()));
    DurableFiles.makeReadOnly(from);
    Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncFolder(DurableFiles.folderOf(file));
  }

  /** Remembers what a URL answered; its content must be here. */
  void remember(CachedUrl url) {
    index.putUrl(url);
  }

  /**
   * Puts a content at {@code target}, at once or not at all. The target shares its bytes with the
   * cache where the file system can, unless it must be writable.
   *
   * @throws java.nio.file.NoSuchFileException if the content was dropped meanwhile
   */
  void place(String sha256, Path target, boolean writable) throws IOException {
    Path file = file(sha256);
    DurableFiles.createFolders(DurableFiles.folderOf(target));
    DurableFiles.placeAtomically(file, target, writable);
    try {
      index.used(sha256, clock.instant());
    } catch (StoreException e) {
      log.warn("{} was used, but the index could not note it; it may be dropped early", sha256, e);
    }
  }

  /** Keeps a content from being dropped until {@link #unpin}. */
  void pin(String sha256) {
    lock.lock();
    try {
      pins.merge(sha256, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  void unpin(String sha256) {
    lock.lock();
    try {
      pins.computeIfPresent(sha256, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was not used for longest until the cache fits its limit. */
  void trim() throws IOException {
    lock.lock();
    try {
      boolean dropped = true;
      while (dropped && index.bytes() > rules.maxBytes()) {
        dropped = false;
        for (CachedContent content : index.leastUsed(DROP_AT_ONCE + pins.size())) {
          if (index.bytes() <= rules.maxBytes()) {
            return;
          }
          if (!pins.containsKey(content.sha256())) {
            Files.deleteIfExists(file(content.sha256()));
            index.remove(content.sha256());
            dropped = true;
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops, or counts, what was not used since {@code since} and is not pinned. */
  Downloads.Dropped dropUnused(Instant since, boolean dryRun) throws IOException {
    int files = 0;
    long bytes = 0;
    lock.lock();
    try {
      for (CachedContent content : index.leastUsed(Integer.MAX_VALUE)) {
        if (!content.usedAt().isBefore(since)) {
          break;
        }
        if (!pins.containsKey(content.sha256())) {
          files++;
          bytes += content.bytes();
          if (!dryRun) {
            Files.deleteIfExists(file(content.sha256()));
            index.remove(content.sha256());
          }
        }
      }
    } finally {
      lock.unlock();
    }
    return new Downloads.Dropped(files, bytes);
  }

  long bytes() {
    return index.bytes();
  }

  private void drop(String sha256) {
    lock.lock();
    try {
      Files.deleteIfExists(file(sha256));
      index.remove(sha256);
    } catch (IOException cannotDelete) {
      // It stays, unknown to nobody: the next look finds it changed again.
    } finally {
      lock.unlock();
    }
  }

  private boolean isIntact(CachedContent content) {
    try {
      Path file = file(content.sha256());
      FileTime modified = Files.getLastModifiedTime(file);
      return Files.size(file) == content.bytes() && modified.toMillis() == content.modifiedMillis();
    } catch (IOException gone) {
      return false;
    }
  }

  private Path file(String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
  }
}
