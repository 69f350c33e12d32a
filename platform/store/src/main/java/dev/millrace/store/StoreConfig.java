package dev.millrace.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of a store. Immutable; start from {@link #defaults} and change what matters.
 *
 * @param file the database file; its folder must exist
 * @param sync when a commit counts as durable
 * @param queuedWrites writes that may wait for the writer before callers have to wait to queue
 * @param queueWait how long a caller waits for a place in a full queue before it is refused
 * @param groupWorks works that may share one commit
 * @param groupTime how long a group may run before it is committed, even if more works wait
 * @param longWork works that hold the writer for longer are logged with their caller
 * @param readers threads that read, each with a connection of its own
 * @param queuedReads reads that may wait for a reader before callers are refused
 * @param readLimit reads that run longer are interrupted, because they keep the log from shrinking
 * @param cachedStatements prepared statements kept for each connection
 * @param fingerprints kinds of statements that the statement log tells apart
 * @param slowStatement statements that run for longer are kept with their plan
 * @param slowStatements slow statements that are kept, the newest
 * @param pageCacheBytes memory for pages of each connection, used as needed
 * @param mmapBytes how much of the file is mapped into memory, 0 for none
 * @param checkpointPages length of the write-ahead log, in pages, at which it is folded into the
 *     file; its own file gets that length once something is written, so 16 MB by default
 * @param walWarnBytes length of the write-ahead log from which the store counts as degraded
 * @param maxBytes the file may not grow beyond this, 0 for no limit but the disk's
 */
public record StoreConfig(
    Path file,
    SyncMode sync,
    int queuedWrites,
    Duration queueWait,
    int groupWorks,
    Duration groupTime,
    Duration longWork,
    int readers,
    int queuedReads,
    Duration readLimit,
    int cachedStatements,
    int fingerprints,
    Duration slowStatement,
    int slowStatements,
    long pageCacheBytes,
    long mmapBytes,
    int checkpointPages,
    long walWarnBytes,
    long maxBytes) {

  public static final int QUEUED_WRITES = 65_536;
  public static final Duration QUEUE_WAIT = Duration.ofSeconds(30);
  public static final int GROUP_WORKS = 1_000;
  public static final Duration GROUP_TIME = Duration.ofMillis(20);
  public static final Duration LONG_WORK = Duration.ofSeconds(1);
  public static final int READERS = 4;
  public static final int QUEUED_READS = 10_000;
  public static final Duration READ_LIMIT = Duration.ofMinutes(5);
  public static final int CACHED_STATEMENTS = 256;
  public static final int FINGERPRINTS = 2_000;
  public static final Duration SLOW_STATEMENT = Duration.ofMillis(100);
  public static final int SLOW_STATEMENTS = 200;
  public static final long PAGE_CACHE_BYTES = 16L << 20;

  /** Off: an I/O error in a mapped file kills the process instead of failing a statement. */
  public static final long MMAP_BYTES = 0;

  public static final int CHECKPOINT_PAGES = 4_000;
  public static final long WAL_WARN_BYTES = 256L << 20;
  public static final long MAX_BYTES = 0;

  public StoreConfig {
    atLeast(1, "queuedWrites", queuedWrites);
    atLeast(1, "groupWorks", groupWorks);
    atLeast(1, "readers", readers);
    atLeast(1, "queuedReads", queuedReads);
    atLeast(8, "cachedStatements", cachedStatements);
    atLeast(1, "fingerprints", fingerprints);
    atLeast(0, "slowStatements", slowStatements);
    atLeast(64 << 10, "pageCacheBytes", pageCacheBytes);
    atLeast(0, "mmapBytes", mmapBytes);
    atLeast(100, "checkpointPages", checkpointPages);
    atLeast(1 << 20, "walWarnBytes", walWarnBytes);
    atLeast(0, "maxBytes", maxBytes);
    positive("queueWait", queueWait);
    positive("groupTime", groupTime);
    positive("longWork", longWork);
    positive("readLimit", readLimit);
    positive("slowStatement", slowStatement);
  }

  /** The named defaults for a database in {@code file}. */
  public static StoreConfig defaults(Path file) {
    return new StoreConfig(
        file,
        SyncMode.FULL,
        QUEUED_WRITES,
        QUEUE_WAIT,
        GROUP_WORKS,
        GROUP_TIME,
        LONG_WORK,
        READERS,
        QUEUED_READS,
        READ_LIMIT,
        CACHED_STATEMENTS,
        FINGERPRINTS,
        SLOW_STATEMENT,
        SLOW_STATEMENTS,
        PAGE_CACHE_BYTES,
        MMAP_BYTES,
        CHECKPOINT_PAGES,
        WAL_WARN_BYTES,
        MAX_BYTES);
  }

  public StoreConfig withSync(SyncMode value) {
    return changed().sync(value).config();
  }

  /** The limits of the writer's queue. */
  public StoreConfig withQueue(int writes, Duration wait) {
    return changed().queuedWrites(writes).queueWait(wait).config();
  }

  /** The limits of one commit. */
  public StoreConfig withGroup(int works, Duration time) {
    return changed().groupWorks(works).groupTime(time).config();
  }

  public StoreConfig withLongWork(Duration value) {
    return changed().longWork(value).config();
  }

  /** The limits of reading. */
  public StoreConfig withReaders(int threads, int queued, Duration limit) {
    return changed().readers(threads).queuedReads(queued).readLimit(limit).config();
  }

  public StoreConfig withCachedStatements(int value) {
    return changed().cachedStatements(value).config();
  }

  /** The limits of the statement log. */
  public StoreConfig withStatementLog(int fingerprintsKept, Duration slow, int slowKept) {
    return changed()
        .fingerprints(fingerprintsKept)
        .slowStatement(slow)
        .slowStatements(slowKept)
        .config();
  }

  /** The memory of each connection. */
  public StoreConfig withMemory(long cacheBytes, long mappedBytes) {
    return changed().pageCacheBytes(cacheBytes).mmapBytes(mappedBytes).config();
  }

  /** The lengths of the write-ahead log. */
  public StoreConfig withWal(int checkpoint, long warnBytes) {
    return changed().checkpointPages(checkpoint).walWarnBytes(warnBytes).config();
  }

  public StoreConfig withMaxBytes(long value) {
    return changed().maxBytes(value).config();
  }

  private StoreConfigChange changed() {
    return new StoreConfigChange(this);
  }

  private static void atLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "store setting " + name + " is " + value + "; use " + least + " or more");
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "store setting " + name + " is " + value + "; use a time greater than zero");
    }
  }
}
