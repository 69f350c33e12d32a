package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what the threads of a store find wrong. Thread-safe. */
final class HealthBoard {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

  private final InstantSource clock;
  private final List<Runnable> onForeignWrite = new CopyOnWriteArrayList<>();
  private volatile @Nullable String writing;
  private volatile @Nullable String damage;
  private volatile @Nullable String log;
  private volatile @Nullable String folding;
  private volatile @Nullable String foreign;

  HealthBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes a failure if it is the disk's or the file's fault and not the statement's. */
  void failed(Throwable failure) {
    if (!(failure instanceof StoreException store)) {
      return;
    }
    String said = String.valueOf(store.getMessage());
    if (store.reason() == Reason.CORRUPT) {
      if (damage == null) {
        LOG.error("the database is damaged: {}", said);
      }
      damage = "the file is damaged: restore a backup (" + said + ")";
    } else if (isTrouble(store.reason())) {
      if (writing == null) {
        LOG.error("writes fail: {}", said);
      }
      writing = "writes fail since " + clock.instant() + ": " + said;
    }
  }

  private static boolean isTrouble(Reason reason) {
    return reason == Reason.DISK_FULL
        || reason == Reason.IO
        || reason == Reason.READ_ONLY
        || reason == Reason.LOCKED;
  }

  void committed() {
    if (writing != null) {
      writing = null;
      LOG.info("writes succeed again");
    }
  }

  /** What is wrong with the length of the write-ahead log, null if nothing is. */
  void log(@Nullable String trouble) {
    if (trouble != null && log == null) {
      LOG.warn("{}", trouble);
    }
    log = trouble;
  }

  /** What keeps the write-ahead log from being folded into the file, null if nothing does. */
  void folding(@Nullable String trouble) {
    if (trouble != null && folding == null) {
      LOG.error("{}", trouble);
    }
    folding = trouble;
  }

  void foreignWrite() {
    foreign =
        "another process wrote to the file at "
            + clock.instant()
            + ", bypassing the store: caches were dropped; find and stop it";
    LOG.error("{}", foreign);
    onForeignWrite.forEach(Runnable::run);
  }

  void onForeignWrite(Runnable action) {
    onForeignWrite.add(action);
  }

  Health health() {
    var reasons = new ArrayList<String>();
    Health.State state = Health.State.OK;
    for (String warning : new @Nullable String[] {log, folding, foreign}) {
      if (warning != null) {
        state = Health.State.DEGRADED;
        reasons.add(warning);
      }
    }
    for (String failure : new @Nullable String[] {writing, damage}) {
      if (failure != null) {
        state = Health.State.FAILED;
        reasons.addFirst(failure);
      }
    }
    return new Health(state, reasons);
  }
}
