package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives dead tasks a group of errors that died before there were groups. What is known of them is
 * their last error as a text: tasks of one type and of one text, but for what changes in it, are of
 * one kind; it is another one than that of later failures, of which the places in the code are
 * known as well. A few tasks a commit; what a crash interrupts is gone on with at the next start,
 * and there is nothing to do where all have their groups.
 */
final class ErrorBackfill {
  private static final int PIECE = 100;

  /** As {@link Failures#inShort} begins. */
  private static final Pattern NAMED = Pattern.compile("([A-Z][\\w$]*)(?:: (.*))?", Pattern.DOTALL);

  private static final String NOT_GROUPED = " AND id NOT IN (SELECT task FROM task_dead)";

  private final Store store;
  private final Buckets buckets;
  private final Vault vault;
  private final TaskCommit.Effects effects;

  ErrorBackfill(Store store, Buckets buckets, Vault vault, TaskCommit.Effects effects) {
    this.store = store;
    this.buckets = buckets;
    this.vault = vault;
    this.effects = effects;
  }

  private record Dead(
      long key, String type, long at, @Nullable String error, @Nullable String trail) {}

  /** Returns when all dead tasks have their groups. */
  void run() throws InterruptedException {
    for (Bucket bucket : buckets.newestFirst().reversed()) {
      String find =
          "SELECT id, type, finished_at, error, trail FROM "
              + bucket.table
              + " WHERE state = 'dead' AND state <> 'succeeded' AND id > ?"
              + NOT_GROUPED
              + " ORDER BY id LIMIT "
              + PIECE;
      long after = 0;
      List<Dead> piece;
      do {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long behind = after;
        piece = store.read(view -> find(view, find, behind));
        group(bucket, piece);
        after = piece.isEmpty() ? after : piece.getLast().key;
      } while (piece.size() == PIECE);
    }
  }

  private static List<Dead> find(Snapshot view, String sql, long after) {
    return view.query(
        sql,
        row ->
            new Dead(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5)),
        after);
  }

  private void group(Bucket bucket, List<Dead> piece) {
    if (piece.isEmpty()) {
      return;
    }
    List<Failure> failures = piece.stream().map(this::failure).toList();
    String still =
        "SELECT count(*) FROM " + bucket.table + " WHERE id = ? AND state = 'dead'" + NOT_GROUPED;
    store.write(tx -> {
      for (int i = 0; i < piece.size(); i++) {
        group(tx, still, piece.get(i), failures.get(i));
      }
    });
  }

  /** Unless it was driven again, or discarded, meanwhile. */
  private void group(Tx tx, String still, Dead dead, Failure failure) {
    if (tx.number(still, dead.key) == 1) {
      TaskCommit.of(tx, effects).errors().died(tx, dead.key, dead.type, dead.at, failure);
    }
  }

  private Failure failure(Dead dead) {
    String shown = vault.shown(dead.key, Vault.ERROR, dead.error);
    String error = shown == null ? "" : shown;
    Matcher named = NAMED.matcher(error);
    boolean known = named.matches();
    String exception = known ? named.group(1) : "(unknown)";
    String message = known ? Objects.requireNonNullElse(named.group(2), "") : error;
    String normal = Fingerprint.normal(message);
    var failure =
        new Failure(
            Fingerprint.of("before groups\n" + exception + "\n" + normal, dead.type),
            exception,
            normal,
            error,
            trace(dead, error));
    boolean secret = Vault.isSealed(dead.error) || vault.covers(dead.type);
    return secret ? failure.untold() : failure;
  }

  /** The stack of the last attempt, as far as history has kept it. */
  private String trace(Dead dead, String error) {
    String json = vault.openOrKeep(dead.key, Vault.TRAIL, dead.trail);
    if (json == null || Vault.isSealed(json)) {
      return error;
    }
    List<Attempt> attempts = Trails.parse(json).attempts();
    String last = attempts.isEmpty() ? null : attempts.getLast().error();
    return last == null ? error : last;
  }
}
