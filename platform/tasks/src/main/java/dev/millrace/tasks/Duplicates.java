package dev.millrace.tasks;

import dev.millrace.store.Tx;
import dev.millrace.tasks.Followers.Follower;
import dev.millrace.tasks.OnDuplicate.Part;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes tasks whose unique key a later submission has, too. Used on the writer's thread. */
final class Duplicates {
  /** Whether its handler has done something that a later run of it goes on from. */
  private static final String HAS_BEGUN =
      "SELECT EXISTS (SELECT 1 FROM task_steps WHERE task = ?)"
          + " OR EXISTS (SELECT 1 FROM task_batches WHERE owner = ?)";

  private final InstantSource clock;
  private final RunningTasks running;
  private final Moves moves;
  private final Followers followers;
  private final TaskCommit.Effects effects;

  Duplicates(
      InstantSource clock,
      RunningTasks running,
      Moves moves,
      Followers followers,
      TaskCommit.Effects effects) {
    this.clock = clock;
    this.running = running;
    this.moves = moves;
    this.followers = followers;
    this.effects = effects;
  }

  /**
   * Has the task that waits take from a submission what that says: the one with the unique key, or
   * the one behind it.
   *
   * @param there the task with the unique key
   * @return as it is now; null if there is none that waits
   */
  @Nullable TaskRow replace(Tx tx, TaskCommit commit, Draft draft, TaskRow there) {
    OnDuplicate wanted = Objects.requireNonNull(draft.options().onDuplicate());
    Follower follower = followers.of(tx, commit, there.key());
    if (follower != null) {
      long due = due(draft, wanted, follower.row(), follower.due());
      if (due != follower.due()) {
        follow(tx, draft, there, follower.row(), due);
      }
      return changed(tx, commit, draft, wanted, follower.row(), null);
    }
    if (commit.over(there.key()) != null || hasBegun(tx, there)) {
      return null;
    }
    long due = due(draft, wanted, there, there.state() == TaskState.READY ? 0 : there.runAt());
    return changed(tx, commit, draft, wanted, there, wanted.takes(Part.DUE) ? due : null);
  }

  private @Nullable TaskRow changed(
      Tx tx, TaskCommit commit, Draft draft, OnDuplicate wanted, TaskRow row, @Nullable Long due) {
    TaskRow place =
        moves.moved(
            row,
            wanted.takes(Part.PRIORITY) ? draft.priority() : row.priority(),
            wanted.takes(Part.QUEUE) ? draft.queue() : row.queue(),
            due);
    String input =
        wanted.takes(Part.INPUT)
            ? effects.vault().sealIf(row.type(), row.key(), Vault.INPUT, draft.input())
            : null;
    return moves.place(tx, commit, row, place, input);
  }

  /** When it is due then, in Unix ms; 0 or a time in the past for at once. */
  private long due(Draft draft, OnDuplicate wanted, TaskRow row, long before) {
    long now = clock.millis();
    return switch (wanted.action()) {
      case KEEP, KEEP_LAST -> before;
      case REPLACE -> wanted.takes(Part.DUE) ? draft.runAt(now) : before;
      case DEBOUNCE -> {
        Duration atMost = wanted.atMost();
        long latest =
            atMost == null ? Long.MAX_VALUE : TaskId.millisOf(row.key()) + atMost.toMillis();
        yield Math.max(before, Math.min(draft.runAt(now), latest));
      }
    };
  }

  private boolean hasBegun(Tx tx, TaskRow row) {
    return running.contains(row.key())
        || row.cancelling()
        || (row.details() && tx.number(HAS_BEGUN, row.key(), row.key()) > 0);
  }

  /**
   * Keeps a task behind the one with its unique key; the caller writes it.
   *
   * @param due when it is due, in Unix ms; 0 for at once
   */
  void follow(Tx tx, Draft draft, TaskRow leader, TaskRow follower, long due) {
    String unique = Objects.requireNonNull(draft.options().uniqueKey());
    followers.put(tx, leader.key(), follower.key(), unique, due);
  }
}
