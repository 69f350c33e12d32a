package dev.millrace.store.journal;

import dev.millrace.store.CommitHook;
import dev.millrace.store.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the events of a commit as its last act, and tells those who wait once it stands. */
final class JournalHook implements CommitHook {
  private final InstantSource clock;
  private final Follows follows;
  private final Listeners listeners;

  /** Of all committed bodies; only the writer's thread uses it. */
  private long totalBytes;

  /** Set by the commit that claims the store; until then this does nothing. */
  private volatile boolean open;

  private volatile boolean closed;

  JournalHook(InstantSource clock, Follows follows, Listeners listeners) {
    this.clock = clock;
    this.follows = follows;
    this.listeners = listeners;
  }

  /** Makes this the journal of the store with the commit of {@code tx}, unless there is one. */
  void claim(Tx tx) {
    JournalClaim.of(tx).by(this);
    long written = JournalTable.newest(tx).totalBytes();
    tx.afterCommit(() -> {
      totalBytes = written;
      open = true;
    });
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the journal is closed; emit events before it is, or open it again");
    }
  }

  void close() {
    closed = true;
  }

  @Override
  public void beforeCommit(Tx tx, boolean schemaChanged) {
    if (!open || closed) {
      return;
    }
    JournalClaim.of(tx).refuseAllBut(this);
    if (schemaChanged) {
      follows.requireIntact(tx);
    }
    JournalBuffer buffer = JournalBuffer.of(tx);
    follows.collect(tx, buffer);
    if (buffer.events.isEmpty()) {
      return;
    }
    List<JournalRow> rows = JournalRow.of(tx.number(), clock.millis(), buffer.events);
    long total = totalBytes;
    for (JournalRow row : rows) {
      total += JournalRow.bytes(row.body());
      JournalTable.insert(tx, row, total);
    }
    Set<String> types =
        buffer.events.stream().map(event -> event.type).collect(Collectors.toUnmodifiableSet());
    long committed = total;
    long history = tx.position().history();
    tx.afterCommit(() -> {
      totalBytes = committed;
      listeners.published(history, rows, types);
    });
  }
}
