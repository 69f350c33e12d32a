package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what the threads of a store find wrong. Thread-safe. */
final class HealthBoard {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

  private final InstantSource clock;
  private final List<Runnable> onForeignWrite = new CopyOnWriteArrayList<>();
  private volatile @Nullable Finding writing;
  private volatile @Nullable Finding damage;
  private volatile @Nullable Finding log;
  private volatile @Nullable Finding folding;
  private volatile @Nullable Finding foreign;

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
      damage =
          Finding.of(
              "store-damaged", store, "the file is damaged: restore a backup (" + said + ")");
    } else if (isTrouble(store.reason())) {
      if (writing == null) {
        LOG.error("writes fail: {}", said);
      }
      writing = writesFail(store, clock.instant());
    }
  }

  private static Finding writesFail(StoreException failure, Instant since) {
    var facts = new HashMap<>(Finding.factsOf(failure));
    facts.put("since", since.toString());
    return new Finding(
        "store-writes-fail", facts, "writes fail since " + since + ": " + failure.getMessage());
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
  void log(@Nullable Finding trouble) {
    if (trouble != null && log == null) {
      LOG.warn("{}", trouble.text());
    }
    log = trouble;
  }

  /** What keeps the write-ahead log from being folded into the file, null if nothing does. */
  void folding(@Nullable Finding trouble) {
    if (trouble != null && folding == null) {
      LOG.error("{}", trouble.text());
    }
    folding = trouble;
  }

  void foreignWrite() {
    Instant at = clock.instant();
    Finding found =
        new Finding(
            "store-foreign-write",
            Map.of("at", at.toString()),
            "another process wrote to the file at "
                + at
                + ", bypassing the store: caches were dropped; find and stop it");
    foreign = found;
    LOG.error("{}", found.text());
    onForeignWrite.forEach(Runnable::run);
  }

  void onForeignWrite(Runnable action) {
    onForeignWrite.add(action);
  }

  Health health() {
    var findings = new ArrayList<Finding>();
    Health.State state = Health.State.OK;
    for (Finding warning : new @Nullable Finding[] {log, folding, foreign}) {
      if (warning != null) {
        state = Health.State.DEGRADED;
        findings.add(warning);
      }
    }
    for (Finding failure : new @Nullable Finding[] {writing, damage}) {
      if (failure != null) {
        state = Health.State.FAILED;
        findings.addFirst(failure);
      }
    }
    return new Health(state, findings);
  }
}
