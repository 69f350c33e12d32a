package dev.millrace.bench.peer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The peers that can be measured on this machine, by the label that figures give them. */
public final class Peers {
  /** As many as there are producers and workers, so that nobody waits for a connection. */
  private static final int CONNECTIONS = 34;

  private Peers() {}

  /** Each opens on an empty database every time. Without PostgreSQL, those on SQLite. */
  public static Map<String, Peer.Opening> all(Optional<Postgres> postgres) {
    Map<String, Peer.Opening> peers = new LinkedHashMap<>();
    peers.put("db-scheduler on SQLite", () -> DbScheduler.onSqlite(Database.sqlite(CONNECTIONS)));
    peers.put("JobRunr on SQLite", () -> new JobRunrPeer(Database.sqlite(CONNECTIONS)));
    postgres.ifPresent(server -> {
      peers.put(
          "db-scheduler on PostgreSQL",
          () -> DbScheduler.onPostgres(Database.postgres(server, CONNECTIONS)));
      peers.put(
          "JobRunr on PostgreSQL", () -> new JobRunrPeer(Database.postgres(server, CONNECTIONS)));
    });
    return peers;
  }
}
