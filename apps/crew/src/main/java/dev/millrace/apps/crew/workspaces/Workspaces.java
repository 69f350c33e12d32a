package dev.millrace.apps.crew.workspaces;

import dev.millrace.http.schema.WireNames;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workspaces. Thread-safe. */
public final class Workspaces {
  /** What a workspace may be called: its folder has the same name. */
  public static final String NAME = "[a-z0-9][a-z0-9._-]{0,59}";

  /** Ports that are given to those that ask for none. */
  private static final int FIRST_PORT = 4_100;

  private static final int LAST_PORT = 4_999;

  private static final String COLUMNS =
      "SELECT name, kind, branch, port, status, note, created_ms, used_ms, runs"
          + " FROM crew_workspaces ";
  private static final String NEWEST = COLUMNS + "ORDER BY created_ms DESC, name LIMIT 1000";
  private static final String ONE = COLUMNS + "WHERE name = ?";
  private static final String INSERT =
      """
      INSERT INTO crew_workspaces (name, kind, branch, port, status, note, created_ms, runs)
      VALUES (?, ?, ?, ?, ?, ?, ?, 0)\
      """;
  private static final String CHANGE =
      """
      UPDATE crew_workspaces SET kind = ?, branch = ?, port = ?, status = ?, note = ?
      WHERE name = ?\
      """;
  private static final String DELETE = "DELETE FROM crew_workspaces WHERE name = ?";
  private static final String HOLDER = "SELECT name FROM crew_workspaces WHERE port = ?";
  private static final String FREE =
      """
      WITH RECURSIVE ports (port) AS (
        VALUES (?) UNION ALL SELECT port + 1 FROM ports WHERE port < ?)
      SELECT coalesce(min(port), 0) FROM ports
      WHERE port NOT IN (SELECT port FROM crew_workspaces)\
      """;
  private static final String USED =
      "UPDATE crew_workspaces SET runs = runs + 1, used_ms = ? WHERE name = ?";

  /**
   * What may be said about one.
   *
   * @param branch null for kind and name
   * @param port null for the one it has, or a free one
   */
  public record Traits(
      WorkspaceKind kind,
      @Nullable String branch,
      @Nullable Integer port,
      WorkspaceStatus status,
      String note) {}

  /** A port is not free, or there is no free one. */
  public static final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortTaken(String message) {
      super(message);
    }
  }

  private final Store store;
  private final InstantSource clock;

  public Workspaces(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Newest first. */
  public List<Workspace> all() {
    return store.read((Snapshot view) -> view.query(NEWEST, Workspaces::workspace));
  }

  public Optional<Workspace> find(String name) {
    return store.read((Snapshot view) -> view.find(ONE, Workspaces::workspace, name));
  }

  /**
   * Makes one, or changes what is said about it.
   *
   * @throws PortTaken if another one has the port
   */
  public Workspace put(String name, Traits traits) {
    return store.compute(tx -> put(tx, name, traits)).value();
  }

  private Workspace put(Tx tx, String name, Traits traits) {
    Workspace known = tx.find(ONE, Workspaces::workspace, name).orElse(null);
    int port = port(tx, name, traits.port(), known);
    String kind = WireNames.of(traits.kind().name());
    String status = WireNames.of(traits.status().name());
    String branch = traits.branch() == null ? kind + "/" + name : traits.branch();
    if (known == null) {
      tx.update(INSERT, name, kind, branch, port, status, traits.note(), clock.millis());
    } else {
      tx.update(CHANGE, kind, branch, port, status, traits.note(), name);
    }
    return tx.find(ONE, Workspaces::workspace, name).orElseThrow();
  }

  private static int port(Tx tx, String name, @Nullable Integer wanted, @Nullable Workspace known) {
    if (wanted == null) {
      if (known != null) {
        return known.port();
      }
      int free = (int) tx.number(FREE, FIRST_PORT, LAST_PORT);
      if (free == 0) {
        throw new PortTaken(
            "All ports from "
                + FIRST_PORT
                + " to "
                + LAST_PORT
                + " are taken; name another, or remove workspaces that are done with.");
      }
      return free;
    }
    String holder = tx.find(HOLDER, row -> row.getString(1), wanted).orElse(name);
    if (!holder.equals(name)) {
      throw new PortTaken("The port " + wanted + " is that of the workspace '" + holder + "'.");
    }
    return wanted;
  }

  /** Forgets one; its folder stays. */
  public boolean remove(String name) {
    return store.compute(tx -> tx.update(DELETE, name)).value() > 0;
  }

  /** The work that counts a run. */
  public TxWork<RuntimeException> used(String name) {
    long now = clock.millis();
    return (Tx tx) -> tx.update(USED, now, name);
  }

  private static Workspace workspace(ResultSet row) throws SQLException {
    String name = row.getString(1);
    long used = row.getLong(8);
    @Nullable Instant usedAt = row.wasNull() ? null : Instant.ofEpochMilli(used);
    return new Workspace(
        name,
        WorkspaceKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        row.getString(3),
        row.getInt(4),
        WorkspaceStatus.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getString(6),
        Workspace.FOLDER + name,
        row.getLong(9),
        Instant.ofEpochMilli(row.getLong(7)),
        usedAt);
  }
}
