package dev.millrace.store;

import java.nio.file.Path;
import java.time.Duration;

/** Settings on their way from one {@link StoreConfig} to the next. */
final class StoreConfigChange {
  private final Path file;
  private SyncMode sync;
  private int queuedWrites;
  private Duration queueWait;
  private int groupWorks;
  private Duration groupTime;
  private Duration longWork;
  private int readers;
  private int queuedReads;
  private Duration readLimit;
  private int cachedStatements;
  private int fingerprints;
  private Duration slowStatement;
  private int slowStatements;
  private long pageCacheBytes;
  private long mmapBytes;
  private int checkpointPages;
  private long walWarnBytes;
  private long maxBytes;

  StoreConfigChange(StoreConfig from) {
    file = from.file();
    sync = from.sync();
    queuedWrites = from.queuedWrites();
    queueWait = from.queueWait();
    groupWorks = from.groupWorks();
    groupTime = from.groupTime();
    longWork = from.longWork();
    readers = from.readers();
    queuedReads = from.queuedReads();
    readLimit = from.readLimit();
    cachedStatements = from.cachedStatements();
    fingerprints = from.fingerprints();
    slowStatement = from.slowStatement();
    slowStatements = from.slowStatements();
    pageCacheBytes = from.pageCacheBytes();
    mmapBytes = from.mmapBytes();
    checkpointPages = from.checkpointPages();
    walWarnBytes = from.walWarnBytes();
    maxBytes = from.maxBytes();
  }

  StoreConfigChange sync(SyncMode value) {
    sync = value;
    return this;
  }

  StoreConfigChange queuedWrites(int value) {
    queuedWrites = value;
    return this;
  }

  StoreConfigChange queueWait(Duration value) {
    queueWait = value;
    return this;
  }

  StoreConfigChange groupWorks(int value) {
    groupWorks = value;
    return this;
  }

  StoreConfigChange groupTime(Duration value) {
    groupTime = value;
    return this;
  }

  StoreConfigChange longWork(Duration value) {
    longWork = value;
    return this;
  }

  StoreConfigChange readers(int value) {
    readers = value;
    return this;
  }

  StoreConfigChange queuedReads(int value) {
    queuedReads = value;
    return this;
  }

  StoreConfigChange readLimit(Duration value) {
    readLimit = value;
    return this;
  }

  StoreConfigChange cachedStatements(int value) {
    cachedStatements = value;
    return this;
  }

  StoreConfigChange fingerprints(int value) {
    fingerprints = value;
    return this;
  }

  StoreConfigChange slowStatement(Duration value) {
    slowStatement = value;
    return this;
  }

  StoreConfigChange slowStatements(int value) {
    slowStatements = value;
    return this;
  }

  StoreConfigChange pageCacheBytes(long value) {
    pageCacheBytes = value;
    return this;
  }

  StoreConfigChange mmapBytes(long value) {
    mmapBytes = value;
    return this;
  }

  StoreConfigChange checkpointPages(int value) {
    checkpointPages = value;
    return this;
  }

  StoreConfigChange walWarnBytes(long value) {
    walWarnBytes = value;
    return this;
  }

  StoreConfigChange maxBytes(long value) {
    maxBytes = value;
    return this;
  }

  StoreConfig config() {
    return new StoreConfig(
        file,
        sync,
        queuedWrites,
        queueWait,
        groupWorks,
        groupTime,
        longWork,
        readers,
        queuedReads,
        readLimit,
        cachedStatements,
        fingerprints,
        slowStatement,
        slowStatements,
        pageCacheBytes,
        mmapBytes,
        checkpointPages,
        walWarnBytes,
        maxBytes);
  }
}
