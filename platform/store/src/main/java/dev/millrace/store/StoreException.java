package dev.millrace.store;

import org.jspecify.annotations.Nullable;

/**
 * The database refused or failed. The {@link #reason} is stable and meant for programs; the message
 * says what happened and what to do next.
 */
public final class StoreException extends RuntimeException {
  /** Why, in a closed set. */
  public enum Reason {
    /** A constraint of the schema (unique, check, foreign key, not null) does not hold. */
    CONSTRAINT,
    /** The disk or the configured size limit is full. */
    DISK_FULL,
    /** The file or its folder cannot be written. */
    READ_ONLY,
    /** Another process owns the file. */
    LOCKED,
    /** The file is damaged or no database. */
    CORRUPT,
    /** The file was written by a newer version. */
    NEWER_VERSION,
    /** The statement is wrong, or not allowed in a work. */
    STATEMENT,
    /** Reading or writing the file failed. */
    IO,
    /** The caller's thread was interrupted during a read. */
    INTERRUPTED,
    /** A limit of the store: queue length, run time, size. */
    LIMIT,
    /** The store is closed or closing. */
    CLOSED,
    /** None of the others; a bug. */
    INTERNAL
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
