package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite says into what a person can act on. */
final class Errors {
  private Errors() {}

  static StoreException of(SQLException failure, SqlText sql) {
    return of(failure, "in: " + sql.shortened());
  }

  static StoreException of(SQLException failure, String where) {
    Reason reason = reason(failure);
    return new StoreException(
        reason, said(failure) + "; " + remedy(reason) + " (" + where + ")", failure);
  }

  /** A failure to begin or end a transaction, which is never the fault of a statement. */
  static StoreException ofControl(SQLException failure, String where) {
    if (failure instanceof SQLiteException || reason(failure) != Reason.STATEMENT) {
      return of(failure, where);
    }
    return new StoreException(
        Reason.IO,
        said(failure)
            + "; the connection to the file is lost: close the store and open it again ("
            + where
            + ")",
        failure);
  }

  /** The reason by SQLite's primary result code; https://sqlite.org/rescode.html. */
  static Reason reason(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      // The driver's own complaints, such as a query given to update, carry no code.
      return Reason.STATEMENT;
    }
    if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      // The index of the log could not be made longer.
      return Reason.DISK_FULL;
    }
    return switch (sqlite.getResultCode().code & 0xff) {
      case 1, 20, 25 -> Reason.STATEMENT;
      case 5, 6 -> Reason.LOCKED;
      case 7, 18 -> Reason.LIMIT;
      case 8 -> Reason.READ_ONLY;
      case 9 -> Reason.INTERRUPTED;
      case 10, 14 -> Reason.IO;
      case 11, 26 -> Reason.CORRUPT;
      case 13 -> Reason.DISK_FULL;
      case 19 -> Reason.CONSTRAINT;
      default -> Reason.INTERNAL;
    };
  }

  /** Whether SQLite says that no transaction is open, or one already is. */
  static boolean isTransactionState(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR
        && String.valueOf(sqlite.getMessage()).contains("transaction");
  }

  private static String said(SQLException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String remedy(Reason reason) {
    return switch (reason) {
      case CONSTRAINT -> "the row breaks a rule of the schema: change the values";
      case DISK_FULL -> "free disk space or raise the limit of the file, then try again";
      case READ_ONLY -> "give this user the right to write the file and its folder";
      case LOCKED -> "another process holds the file: stop it, or use the running server";
      case CORRUPT -> "the file is damaged: stop, keep a copy of it, and restore a backup";
      case NEWER_VERSION -> "use the version that wrote the file, or a newer one";
      case STATEMENT -> "mend the statement or its arguments";
      case IO -> "check the disk and the folder";
      case INTERRUPTED -> "the read was stopped before its end; it may be tried again";
      case LIMIT -> "use smaller values or fewer rows";
      case CLOSED -> "open the store again";
      case INTERNAL -> "this is a bug, please report it";
    };
  }
}
