package dev.millrace.store.journal;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one commit. They are written by {@link JournalHook}, after all shares are finished,
 * because those may emit too.
 */
final class JournalBuffer implements CommitShare {
  final List<EncodedEvent> events = new ArrayList<>();

  @Override
  public void finish(Tx tx) {
    // See above.
  }

  static JournalBuffer of(Tx tx) {
    return tx.share(JournalBuffer.class, _ -> new JournalBuffer());
  }
}
