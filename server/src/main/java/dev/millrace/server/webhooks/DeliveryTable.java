package dev.millrace.server.webhooks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of deliveries in the database. */
final class DeliveryTable {
  private static final String COLUMNS =
      "id, webhook, message, event, about, task, state, attempts, status, error, took_ms,"
          + " created_at, last_at";
  private static final String IS_THERE =
      "SELECT count(*) FROM webhook_deliveries WHERE webhook = ? AND message = ?";
  private static final String ADD =
      "INSERT INTO webhook_deliveries (webhook, message, event, about, task, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  private static final String TRIED =
      "UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, status = ?, error = ?,"
          + " took_ms = ?, last_at = ? WHERE webhook = ? AND message = ?";

  private DeliveryTable() {}

  static boolean isThere(Snapshot view, String webhook, String message) {
    return view.number(IS_THERE, webhook, message) > 0;
  }

  static void add(Tx tx, String webhook, Message message, String task, Instant at) {
    tx.update(
        ADD, webhook, message.id(), message.event(), message.about(), task, at.toEpochMilli());
  }

  /** Takes note of an attempt. */
  static void tried(
      Tx tx, String webhook, String message, Delivery.State state, Answer answer, Instant at) {
    tx.update(
        TRIED,
        state.name(),
        answer.status(),
        answer.error(),
        answer.tookMillis(),
        at.toEpochMilli(),
        webhook,
        message);
  }

  /**
   * The deliveries to a web hook, newest first.
   *
   * @param before only those with smaller ids
   */
  static List<Delivery> list(
      Snapshot view, String webhook, Delivery.@Nullable State state, long before, int limit) {
    var args = new ArrayList<@Nullable Object>(List.of(webhook, before));
    String where = "";
    if (state != null) {
      where = " AND state = ?";
      args.add(state.name());
    }
    args.add(limit);
    return view.query(
        "SELECT "
            + COLUMNS
            + " FROM webhook_deliveries WHERE webhook = ? AND id < ?"
            + where
            + " ORDER BY id DESC LIMIT ?",
        DeliveryTable::delivery,
        args.toArray());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    int status = row.getInt(9);
    Integer answered = row.wasNull() ? null : status;
    long took = row.getLong(11);
    Long tookMillis = row.wasNull() ? null : took;
    return new Delivery(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Delivery.State.valueOf(row.getString(7)),
        row.getInt(8),
        answered,
        row.getString(10),
        tookMillis,
        Instant.ofEpochMilli(row.getLong(12)),
        WebhookTable.instant(row, 13));
  }
}
