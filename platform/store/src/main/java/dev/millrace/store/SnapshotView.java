package dev.millrace.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queries of a work, on the session of the thread that runs it. */
sealed class SnapshotView implements Snapshot permits TxView, ReaderView, SnapshotView.Plain {
  /** For the store's own queries before it is open. */
  static final class Plain extends SnapshotView {
    Plain(Session session) {
      super(session);
    }
  }

  final Session session;
  private final Thread owner = Thread.currentThread();
  private boolean ended;

  SnapshotView(Session session) {
    this.session = session;
  }

  @Override
  public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    check();
    var found = new ArrayList<T>();
    session.forEach(sql, row -> found.add(mapper.map(row)), args);
    return found;
  }

  @Override
  public <T> Optional<T> find(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    List<T> found = query(sql, mapper, args);
    if (found.size() > 1) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "expected one row at most but found "
              + found.size()
              + "; use query or add LIMIT 1: "
              + sql);
    }
    return found.stream().findFirst();
  }

  @Override
  public void forEach(String sql, RowConsumer consumer, @Nullable Object... args) {
    check();
    session.forEach(sql, consumer, args);
  }

  @Override
  public long number(String sql, @Nullable Object... args) {
    return find(sql, row -> row.getLong(1), args)
        .orElseThrow(() ->
            new StoreException(
                StoreException.Reason.STATEMENT, "expected a row but found none: " + sql));
  }

  @Override
  public Position position() {
    check();
    return HistoryTable.load(this);
  }

  /** Called when the work has ended; whatever it kept of the view is of no use then. */
  final void end() {
    ended = true;
  }

  /** Refuses use from another thread or after the work's end. */
  void check() {
    if (ended || !owner.equals(Thread.currentThread())) {
      throw new StoreException(
          StoreException.Reason.STATEMENT,
          "a transaction or snapshot is only valid inside its work and on its thread; collect "
              + "what you need and return it from the work");
    }
  }
}
