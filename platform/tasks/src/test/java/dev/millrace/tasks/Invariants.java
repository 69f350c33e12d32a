package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** What must hold of the tables of tasks in every snapshot, and what must when all is over. */
final class Invariants {
  private final Snapshot view;

  /** Whether tasks may have left history. */
  private final boolean purged;

  private final String done;
  private final List<String> wrong = new ArrayList<>();

  private Invariants(Snapshot view, boolean purged) {
    this.view = view;
    this.purged = purged;
    List<Integer> days = view.query("SELECT day FROM task_buckets", row -> row.getInt(1));
    var parts = new ArrayList<String>();
    for (int day : days) {
      parts.add("SELECT id, type, queue, state, tags, batch, input, error FROM tasks_done_" + day);
    }
    done = "WITH done AS (" + String.join(" UNION ALL ", parts) + ") ";
  }

  /** What does not hold at any time. */
  static List<String> of(Snapshot view, boolean purged) {
    var all = new Invariants(view, purged);
    all.always();
    return all.wrong;
  }

  /** What does not hold when every task is over, and what is old has left history. */
  static List<String> atTheEnd(Snapshot view) {
    var all = new Invariants(view, true);
    all.always();
    all.over();
    return all.wrong;
  }

  private void always() {
    none("task %s is in history and unfinished", "SELECT d.id FROM done d JOIN tasks USING (id)");
    counts();
    links();
    chains();
    waiting();
    details();
    tags();
    errors();
    batches();
    workflows();
    effects();
  }

  private void over() {
    none("task %s is unfinished", "SELECT id FROM tasks");
    none("task %s is still waited for", "SELECT before FROM task_links");
    none("task %s has a signal but is over", "SELECT task FROM task_signals");
    none(
        "callbacks of batch of the finished kind were not submitted, key %s",
        "SELECT id FROM task_batches WHERE finished_at IS NOT NULL AND (on_complete IS NOT NULL"
            + " OR (dead > 0 AND on_failure IS NOT NULL)"
            + " OR (succeeded = total AND on_success IS NOT NULL))");
    none(
        "batch %s is closed and not over",
        "SELECT id FROM task_batches WHERE closed = 1 AND finished_at IS NULL");
    none(
        "run %s of a workflow is not over",
        "SELECT id FROM workflow_runs WHERE finished_at IS NULL");
  }

  /** Each row that the query answers is wrong. */
  private void none(String what, String sql) {
    view.query(done + sql, row -> new TaskId(row.getLong(1)))
        .forEach(id -> wrong.add(what.formatted(id)));
  }

  private void counts() {
    var told = new TreeMap<String, Long>();
    view.forEach(
        "SELECT queue, state, amount FROM task_counts WHERE amount <> 0",
        row -> told.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
    var counted = new TreeMap<String, Long>();
    view.forEach(
        done
            + "SELECT queue, state, count(*) FROM (SELECT queue, state FROM done UNION ALL"
            + " SELECT queue, state FROM tasks) GROUP BY queue, state",
        row -> counted.put(row.getString(1) + " " + row.getString(2), row.getLong(3)));
    if (!told.equals(counted)) {
      wrong.add("the counts of queues are " + told + ", but there are " + counted);
    }
  }

  private void links() {
    view.query(
            done
                + "SELECT before, after, outcome FROM task_links"
                + " WHERE before NOT IN (SELECT id FROM tasks)"
                + " AND before NOT IN (SELECT id FROM done WHERE state = 'dead')",
            row ->
                "task "
                    + new TaskId(row.getLong(1))
                    + " is over for good, and still waited for by "
                    + new TaskId(row.getLong(2))
                    + ", outcome "
                    + row.getString(3))
        .forEach(wrong::add);
    none(
        "task %s waits for another number of tasks than it has links",
        "SELECT id FROM tasks WHERE state = 'waiting' AND waits_for = 'tasks' AND (open = 0 OR open"
            + " <> (SELECT count(*) FROM task_links WHERE after = tasks.id))");
    none(
        "task %s is linked behind others but does not wait for them",
        "SELECT after FROM task_links WHERE after NOT IN"
            + " (SELECT id FROM tasks WHERE state = 'waiting' AND waits_for = 'tasks')");
  }

  private void chains() {
    none(
        "a chain ends in task %s, which is over and not dead",
        "SELECT last FROM task_chains WHERE last NOT IN (SELECT id FROM tasks)"
            + " AND last NOT IN (SELECT id FROM done WHERE state = 'dead')");
  }

  private void waiting() {
    none(
        "task %s waits for nothing",
        "SELECT id FROM tasks WHERE state = 'waiting' AND waits_for IS NULL");
    none(
        "task %s says what it waits for but does not wait",
        "SELECT id FROM tasks WHERE state <> 'waiting' AND waits_for IS NOT NULL");
    none(
        "task %s waits for a batch that is over",
        "SELECT tasks.id FROM tasks LEFT JOIN task_batches b"
            + " ON tasks.waits_for = 'batch ' || b.id WHERE tasks.state = 'waiting'"
            + " AND tasks.waits_for LIKE 'batch %' AND (b.id IS NULL OR b.finished_at IS NOT"
            + " NULL)");
    none(
        "task %s waits for a signal that is there",
        "SELECT tasks.id FROM tasks JOIN task_signals s ON s.task = tasks.id"
            + " AND tasks.waits_for = 'signal ' || s.name WHERE tasks.state = 'waiting'");
    none(
        "task %s was asked to end but waits",
        "SELECT id FROM tasks WHERE cancelling = 1 AND state <> 'ready'");
    none(
        "task %s has no time at which it goes on",
        "SELECT id FROM tasks WHERE state IN ('scheduled', 'retrying') AND run_at IS NULL");
  }

  private void details() {
    none(
        "task %s is over and has attempts",
        "SELECT task FROM task_attempts WHERE task NOT IN (SELECT id FROM tasks)");
    none(
        "task %s is over and has a log",
        "SELECT task FROM task_log WHERE task NOT IN (SELECT id FROM tasks)");
    none(
        "task %s has succeeded or is gone and has steps",
        "SELECT task FROM task_steps WHERE task NOT IN (SELECT id FROM tasks)"
            + " AND task NOT IN (SELECT id FROM done WHERE state <> 'succeeded')");
    none(
        "task %s has rows of details but does not know it",
        "SELECT id FROM tasks WHERE details = 0 AND state <> 'ready' AND (id IN (SELECT task FROM"
            + " task_steps) OR id IN (SELECT task FROM task_attempts) OR id IN (SELECT task FROM"
            + " task_log) OR id IN (SELECT task FROM task_signals))");
  }

  private void tags() {
    none(
        "task %s is gone and has a tag",
        "SELECT task FROM task_tags WHERE task NOT IN (SELECT id FROM tasks) AND task NOT IN"
            + " (SELECT id FROM done)");
    none(
        "task %s has not the tags that its row tells",
        "SELECT own.id FROM (SELECT id, tags FROM done UNION ALL SELECT id, tags FROM tasks) own,"
            + " json_each(coalesce(own.tags, '[]')) tag"
            + " WHERE NOT EXISTS (SELECT 1 FROM task_tags t WHERE t.tag = tag.value AND t.task ="
            + " own.id)");
  }

  private void errors() {
    none(
        "task %s is counted as dead but is not",
        "SELECT task FROM task_dead WHERE task NOT IN (SELECT id FROM done WHERE state = 'dead')");
    none(
        "task %s is dead of nothing",
        "SELECT id FROM done WHERE state = 'dead' AND id NOT IN (SELECT task FROM task_dead)");
    none(
        "task %s has the tag of an error that it is not dead of",
        "SELECT task FROM task_tags t WHERE tag LIKE 'error:%' AND NOT EXISTS (SELECT 1 FROM"
            + " task_dead d WHERE d.task = t.task AND t.tag = 'error:' || d.fingerprint)");
    List<String> groups =
        view.query(
            "SELECT fingerprint, dead, (SELECT count(*) FROM task_dead d WHERE d.fingerprint ="
                + " e.fingerprint), (SELECT sum(dead) FROM task_error_types t WHERE"
                + " t.fingerprint = e.fingerprint) FROM task_errors e",
            row ->
                row.getLong(2) == row.getLong(3) && row.getLong(2) == row.getLong(4)
                    ? null
                    : "group "
                        + row.getString(1)
                        + " has "
                        + row.getLong(2)
                        + " dead tasks, by type "
                        + row.getLong(4)
                        + ", really "
                        + row.getLong(3));
    groups.stream().filter(Objects::nonNull).forEach(wrong::add);
  }

  private void batches() {
    none(
        "batch %s does not add up",
        "SELECT id FROM task_batches WHERE total <> open + succeeded + dead + cancelled"
            + " OR open < 0 OR (finished_at IS NOT NULL) <> (closed = 1 AND open = 0)");
    none(
        "batch %s has another number of open tasks",
        "SELECT id FROM task_batches b WHERE open <> (SELECT count(*) FROM tasks WHERE batch ="
            + " b.id)");
    if (!purged) {
      none(
          "batch %s counts other ends than its tasks had",
          "SELECT b.id FROM task_batches b LEFT JOIN (SELECT batch, sum(state = 'succeeded') s,"
              + " sum(state = 'dead') d, sum(state = 'cancelled') c FROM done WHERE batch IS NOT"
              + " NULL GROUP BY batch) m ON m.batch = b.id WHERE b.succeeded <> coalesce(m.s, 0)"
              + " OR b.dead <> coalesce(m.d, 0) OR b.cancelled <> coalesce(m.c, 0)");
    }
  }

  private void workflows() {
    none(
        "the task of run %s is over and the run is not",
        "SELECT id FROM workflow_runs WHERE finished_at IS NULL AND id NOT IN (SELECT id FROM"
            + " tasks)");
  }

  /** Rows that handlers committed together with their success. */
  private void effects() {
    none("task %s has ended twice", "SELECT task FROM effects GROUP BY task HAVING count(*) > 1");
    none(
        "task %s has the effect of a success that it had not",
        "SELECT task FROM effects WHERE task IN (SELECT id FROM tasks) OR task IN (SELECT id FROM"
            + " done WHERE state <> 'succeeded')");
    none(
        "task %s has succeeded without its effect",
        "SELECT id FROM done WHERE state = 'succeeded' AND id NOT IN (SELECT task FROM effects)"
            + " AND (input LIKE '%\"finish\"%' OR input LIKE '%\"refuse\"%' OR input LIKE"
            + " '%\"spawn\"%')");
  }
}
