package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.time.Duration;

/** Limits around parts of handlers. Thread-safe. */
final class Parts {
  private final Store store;
  private final Gates gates;
  private final Patience patience;
  private final boolean stepped;

  /**
   * @param stepped whether nobody but the caller moves anything, so that no thread may wait
   */
  Parts(Store store, Gates gates, Patience patience, boolean stepped) {
    this.store = store;
    this.gates = gates;
    this.patience = patience;
    this.stepped = stepped;
  }

  /** Begins a part, or has the run give way. */
  void enter(LiveRun run, String limit, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + (stepped ? 0 : wait.toNanos());
    while (true) {
      long left = Math.max(0, deadline - System.nanoTime());
      switch (gates.enter(run, limit, left)) {
        case IN -> {
          return;
        }
        case FULL -> throw run.suspend(Hold.limit(limit));
        case UNLEASED -> lease(run, limit);
      }
    }
  }

  private void lease(LiveRun run, String limit) throws InterruptedException {
    var _ =
        patience.insist(
            Patience.DISK, run::cancelled, () -> store.write(tx -> lease(tx, run, limit)));
  }

  private void lease(Tx tx, LiveRun run, String limit) {
    if (gates.isUnknown(limit)) {
      gates.known(limit, GateCommit.spent(tx, limit));
    }
    long until = gates.lease(limit, run.row.cost());
    if (until > 0) {
      GateCommit.spend(tx, limit, until);
      tx.afterCommit(() -> gates.leased(limit, until));
    }
  }

  void leave(LiveRun run, String limit) {
    gates.leave(run, limit);
  }
}
