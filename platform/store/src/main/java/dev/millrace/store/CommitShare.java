package dev.millrace.store;

/** What the works of one commit collect together; see {@link Tx#share}. Used on one thread. */
public interface CommitShare {
  /**
   * Writes what was collected, just before COMMIT. If it throws, the commit is rolled back and its
   * works are run again, one by one.
   */
  void finish(Tx tx);
}
