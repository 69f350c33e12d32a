package dev.millrace.store;

/**
 * What is done in every commit; see {@link Store#inEveryCommit}. Runs on the writer's thread, so it
 * is short.
 */
@FunctionalInterface
public interface CommitHook {
  /**
   * Runs after all works and {@link CommitShare}s of the commit, just before COMMIT. If it throws,
   * the commit is rolled back and its works are run again one by one.
   *
   * @param schemaChanged whether a work ran CREATE, ALTER, DROP or the like
   */
  void beforeCommit(Tx tx, boolean schemaChanged);
}
