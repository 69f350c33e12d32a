package dev.millrace.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A work's view of the transaction that it shares with the others of its group. */
final class TxView extends SnapshotView implements Tx {
  private final Commit commit;

  TxView(Commit commit) {
    super(commit.session);
    this.commit = commit;
  }

  @Override
  public int update(String sql, @Nullable Object... args) {
    check();
    return session.update(sql, args);
  }

  @Override
  public int batch(String sql, List<@Nullable Object[]> rows) {
    check();
    return session.batch(sql, rows);
  }

  @Override
  public long number() {
    return commit.number();
  }

  @Override
  public void afterCommit(Runnable action) {
    check();
    commit.afterCommit(action);
  }

  @Override
  public void afterRollback(Runnable action) {
    check();
    commit.afterRollback(action);
  }

  @Override
  public <S extends CommitShare> S share(Class<S> type, Function<Tx, S> factory) {
    check();
    return commit.share(type, factory);
  }

  @Override
  public Position position() {
    return commit.before;
  }
}
