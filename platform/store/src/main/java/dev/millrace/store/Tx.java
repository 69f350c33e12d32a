package dev.millrace.store;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transaction in progress: sees and makes changes. Confined to the work it was given to. */
public interface Tx extends Snapshot {
  /**
   * Runs one INSERT, UPDATE, DELETE or DDL statement.
   *
   * @return the number of rows changed
   */
  int update(String sql, @Nullable Object... args);

  /**
   * Runs one statement for many rows of arguments.
   *
   * @return the number of rows changed in all
   */
  int batch(String sql, List<@Nullable Object[]> rows);

  /**
   * The number that this commit will have if it succeeds: the same for all works of a group, and
   * greater than that of every commit before.
   */
  long number();

  /**
   * Runs {@code action} once this work is durable, in the order of commits and before {@link
   * Store#write} returns. It runs on the writer's thread, so it is short, does not block and does
   * not call the store; what it throws is logged and dropped. It does not run if the work is rolled
   * back.
   */
  void afterCommit(Runnable action);

  /**
   * Runs {@code action} if this work is rolled back, also when it is run again afterwards, because
   * another one of its group failed: for what it has changed outside of the database. It runs on
   * the writer's thread before that, so it is short, does not block and does not call the store;
   * what it throws is logged and dropped.
   */
  void afterRollback(Runnable action);

  /**
   * What all works of this commit share under {@code type}: made by {@code factory} at the first
   * call within a commit, finished once before COMMIT. Lets many small writes of a group become one
   * statement. When a group is replayed one by one, each replay has shares of its own.
   */
  <S extends CommitShare> S share(Class<S> type, Function<Tx, S> factory);
}
