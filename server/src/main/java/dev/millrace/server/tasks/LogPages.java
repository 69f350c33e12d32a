package dev.millrace.server.tasks;

import dev.millrace.http.Cursor;
import dev.millrace.http.Page;
import dev.millrace.server.tasks.TaskWire.LogItem;
import dev.millrace.server.tasks.TaskWire.LogQuery;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.TaskId;
import java.util.List;

/** Pages of a task's log. */
final class LogPages {
  /** How many lines came before. */
  record Key(int line) {}

  private LogPages() {}

  static Page<LogItem> page(TaskId id, List<LogLine> lines, LogQuery query) {
    Cursor<Key> cursor = Cursor.of("task-log", id, Key.class);
    Key after = cursor.decode(query.cursor());
    int from = after == null ? 0 : Math.clamp(after.line(), 0, lines.size());
    int to = Math.min(lines.size(), from + query.limit());
    return new Page<>(
        lines.subList(from, to).stream().map(LogItem::of).toList(),
        to < lines.size() ? cursor.encode(new Key(to)) : null);
  }
}
