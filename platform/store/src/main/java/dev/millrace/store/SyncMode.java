package dev.millrace.store;

/** When a commit counts as durable. */
public enum SyncMode {
  /** Each commit is synced to the disk before its callers are answered: survives a power cut. */
  FULL,
  /** Synced at checkpoints only: survives a crash of the process, a power cut may lose commits. */
  NORMAL
}
