package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a part up to date, each migration in a commit of its own. */
final class MigrationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationRunner.class);
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS millrace_migrations (
        part TEXT NOT NULL,
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        applied_at INTEGER NOT NULL,
        PRIMARY KEY (part, number)
      )\
      """;
  private static final String LOAD =
      "SELECT number, name, checksum FROM millrace_migrations WHERE part = ? ORDER BY number";
  private static final String RECORD =
      "INSERT INTO millrace_migrations (part, number, name, checksum, applied_at)"
          + " VALUES (?, ?, ?, ?, ?)";

  private record Applied(int number, String name, String checksum) {}

  private final Store store;
  private final String dialect;
  private final InstantSource clock;

  MigrationRunner(Store store, String dialect, InstantSource clock) {
    this.store = store;
    this.dialect = dialect;
    this.clock = clock;
  }

  void run(Migrations migrations) {
    List<Migration> known = migrations.load(dialect);
    store.write(tx -> tx.update(CREATE));
    List<Applied> applied = store.read(view -> applied(view, migrations.part()));
    requireKnown(migrations.part(), known, applied);
    for (Migration next : known.subList(applied.size(), known.size())) {
      store.write(tx -> apply(tx, migrations.part(), next));
      LOG.info("applied migration {} of {}", next.name(), migrations.part());
    }
  }

  private static List<Applied> applied(Snapshot view, String part) {
    return view.query(
        LOAD, row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)), part);
  }

  private static void requireKnown(String part, List<Migration> known, List<Applied> applied) {
    for (Applied done : applied) {
      if (done.number() > known.size()) {
        throw new StoreException(
            Reason.NEWER_VERSION,
            "the tables of "
                + part
                + " were brought to '"
                + done.name()
                + "' by a newer version, and this one knows "
                + known.size()
                + " migrations; use the newer version, or restore a backup made by this one");
      }
      Migration mine = known.get(done.number() - 1);
      if (!mine.checksum().equals(done.checksum())) {
        throw new StoreException(
            Reason.INTERNAL,
            "migration "
                + done.name()
                + " of "
                + part
                + " was applied with other text than this version has ("
                + mine.name()
                + "); put the old text back and make the change a new migration");
      }
    }
  }

  private void apply(Tx tx, String part, Migration migration) {
    for (String statement : SqlScanner.statements(migration.script())) {
      try {
        tx.update(statement);
      } catch (StoreException failure) {
        throw new StoreException(
            failure.reason(),
            "migration " + migration.name() + " of " + part + " failed: " + failure.getMessage(),
            failure);
      }
    }
    tx.update(
        RECORD, part, migration.number(), migration.name(), migration.checksum(), clock.millis());
  }
}
