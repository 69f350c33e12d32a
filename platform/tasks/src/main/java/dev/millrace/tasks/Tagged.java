package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import java.util.List;
import java.util.Optional;

/** The newest tasks with a tag, looked up once for all counts of a read. */
final class Tagged {
  /** Each is looked up by itself. */
  static final int MOST = 1_000;

  private final List<TaskView> tasks;
  private final boolean whole;

  Tagged(Snapshot view, String tag, Lookup lookup) {
    List<Long> keys =
        view.query(
            "SELECT task FROM task_tags WHERE tag = ? ORDER BY task DESC LIMIT " + (MOST + 1),
            row -> row.getLong(1),
            tag);
    whole = keys.size() <= MOST;
    tasks =
        keys.stream()
            .limit(MOST)
            .map(key -> lookup.find(view, key))
            .flatMap(Optional::stream)
            .toList();
  }

  List<TaskView> tasks() {
    return tasks;
  }

  /** Whether these are all. */
  boolean isWhole() {
    return whole;
  }
}
