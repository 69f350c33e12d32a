package dev.millrace.server.webhooks;

import dev.millrace.http.Json;
import dev.millrace.store.Migrations;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import dev.millrace.tasks.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Web hooks in the database. */
final class WebhookTable {
  static final Migrations MIGRATIONS =
      Migrations.of(
          "webhooks", WebhookTable.class, "0001_webhooks", "0002_rotation", "0003_causes");

  private static final String COLUMNS =
      "name, url, states, types, tags, secret, enabled, disabled_because, failing_since,"
          + " created_at, old_secret, old_until";
  private static final String ALL = "SELECT " + COLUMNS + " FROM webhooks ORDER BY name";
  private static final String FIND = "SELECT " + COLUMNS + " FROM webhooks WHERE name = ?";
  private static final String COUNT = "SELECT count(*) FROM webhooks";
  private static final String ADD =
      "INSERT INTO webhooks (name, url, states, types, tags, secret, enabled, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String CHANGE =
      "UPDATE webhooks SET url = ?, states = ?, types = ?, tags = ?, enabled = ?,"
          + " disabled_because = NULL, failing_since = NULL WHERE name = ?";
  private static final String SECRETS =
      "UPDATE webhooks SET secret = ?, old_secret = ?, old_until = ? WHERE name = ?";
  private static final String PAST =
      "UPDATE webhooks SET old_secret = NULL, old_until = NULL WHERE old_until <= ?";
  private static final String WELL =
      "UPDATE webhooks SET failing_since = NULL WHERE name = ? AND failing_since IS NOT NULL";
  private static final String FAILING =
      "UPDATE webhooks SET failing_since = ? WHERE name = ? AND failing_since IS NULL";
  private static final String DISABLE =
      "UPDATE webhooks SET enabled = 0, disabled_because = ? WHERE name = ? AND enabled = 1";

  private WebhookTable() {}

  static List<Webhook> all(Snapshot view) {
    return view.query(ALL, WebhookTable::webhook);
  }

  static Optional<Webhook> find(Snapshot view, String name) {
    return view.find(FIND, WebhookTable::webhook, name);
  }

  static long count(Snapshot view) {
    return view.number(COUNT);
  }

  static void add(Tx tx, Webhook hook) {
    tx.update(
        ADD,
        hook.name(),
        hook.url(),
        words(hook.states()),
        json(hook.types()),
        json(hook.tags()),
        hook.secrets().newest(),
        hook.enabled() ? 1 : 0,
        hook.createdAt().toEpochMilli());
  }

  /** Takes over everything but name, secret and time; failures so far are forgotten. */
  static boolean change(Tx tx, Webhook hook) {
    return tx.update(
            CHANGE,
            hook.url(),
            words(hook.states()),
            json(hook.types()),
            json(hook.tags()),
            hook.enabled() ? 1 : 0,
            hook.name())
        > 0;
  }

  static void secrets(Tx tx, String name, Secrets secrets) {
    Instant until = secrets.oldUntil();
    tx.update(
        SECRETS,
        secrets.newest(),
        secrets.old(),
        until == null ? null : until.toEpochMilli(),
        name);
  }

  /** Forgets the secrets whose time is over. */
  static void forgetOld(Tx tx, Instant now) {
    tx.update(PAST, now.toEpochMilli());
  }

  static boolean remove(Tx tx, String name) {
    tx.update("DELETE FROM webhook_deliveries WHERE webhook = ?", name);
    return tx.update("DELETE FROM webhooks WHERE name = ?", name) > 0;
  }

  static void well(Tx tx, String name) {
    tx.update(WELL, name);
  }

  static void failing(Tx tx, String name, Instant at) {
    tx.update(FAILING, at.toEpochMilli(), name);
  }

  /** Whether it was enabled until now. */
  static boolean disable(Tx tx, String name, Webhook.Cause cause) {
    return tx.update(DISABLE, word(cause), name) > 0;
  }

  private static String words(Set<TaskState> states) {
    return json(states.stream().map(TaskState::word).sorted().toList());
  }

  private static String json(List<String> words) {
    return Json.mapper().writeValueAsString(words);
  }

  private static List<String> list(String json) {
    return List.of(Json.mapper().readValue(json, String[].class));
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    Set<TaskState> states = EnumSet.noneOf(TaskState.class);
    list(row.getString(3)).forEach(word -> states.add(TaskState.parse(word)));
    String name = row.getString(1);
    return new Webhook(
        name,
        row.getString(2),
        states,
        list(row.getString(4)),
        list(row.getString(5)),
        new Secrets(row.getString(6), row.getString(11), instant(row, 12)),
        row.getInt(7) != 0,
        cause(row.getString(8)),
        instant(row, 9),
        Instant.ofEpochMilli(row.getLong(10)));
  }

  private static String word(Webhook.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  private static Webhook.@Nullable Cause cause(@Nullable String word) {
    return word == null ? null : Webhook.Cause.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
