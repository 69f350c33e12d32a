package dev.millrace.store.journal;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be the journal of the store with this commit. The journal that is open, and any
 * other that asks in the same commit, refuses: two would write every event twice.
 */
final class JournalClaim implements CommitShare {
  private @Nullable JournalHook claimant;

  static JournalClaim of(Tx tx) {
    return tx.share(JournalClaim.class, _ -> new JournalClaim());
  }

  void by(JournalHook hook) {
    refuseAllBut(hook);
    claimant = hook;
  }

  void refuseAllBut(JournalHook hook) {
    if (claimant != null && claimant != hook) {
      throw new IllegalStateException(
          "this store has an open journal already and there is one per store: use that one, or"
              + " close it first");
    }
  }

  @Override
  public void finish(Tx tx) {
    // It writes nothing.
  }
}
