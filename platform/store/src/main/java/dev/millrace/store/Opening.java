package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** What may be wrong with a file when it is opened, told in words. */
final class Opening {
  /** "Mill" in ASCII; tells our files from other SQLite databases. */
  private static final int APPLICATION_ID = 0x4d696c6c;

  /** Of the store's own tables; raised when an older program could no longer use them. */
  private static final int FORMAT = 1;

  private Opening() {}

  /** Makes the store's own tables if they are missing; returns where the history stands. */
  static Position prepare(Session session) throws SQLException {
    int application = Integer.parseInt(session.rows("PRAGMA application_id").getFirst());
    int format = Integer.parseInt(session.rows("PRAGMA user_version").getFirst());
    if (application == APPLICATION_ID && format > FORMAT) {
      throw new StoreException(
          Reason.NEWER_VERSION,
          "the file has format "
              + format
              + " of a newer version, this one knows "
              + FORMAT
              + "; use the newer version, or restore a backup made by this one");
    }
    if (application == 0 && format == 0) {
      session.set("PRAGMA application_id = " + APPLICATION_ID);
      session.set("PRAGMA user_version = " + FORMAT);
    }
    session.begin();
    HistoryTable.create(session);
    Position position = HistoryTable.load(new SnapshotView.Plain(session));
    session.commit();
    return position;
  }

  static StoreException failed(Path file, SQLException failure) {
    StoreException said = Errors.of(failure, "opening " + file);
    if (said.reason() == Reason.CORRUPT || said.reason() == Reason.LOCKED) {
      return said;
    }
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        (folder == null || Files.isWritable(folder))
            && (!Files.exists(file) || Files.isWritable(file));
    return writable
        ? said
        : new StoreException(
            Reason.READ_ONLY,
            file + " cannot be written; give this user the right to write it and its folder",
            failure);
  }
}
