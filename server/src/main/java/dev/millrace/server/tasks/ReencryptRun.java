package dev.millrace.server.tasks;

import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.Sealing;
import dev.millrace.tasks.Sealing.Rewritten;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites under the newest key what older keys have encrypted, as a task: it goes on after a
 * crash, shows its progress, and can be cancelled. Thread-safe.
 *
 * <p>Each part is a step, which is not done again once it is durable. Rounds follow until one finds
 * nothing to rewrite, because what moves from one table to another meanwhile may be passed by.
 */
public final class ReencryptRun {
  /** The name of the type. */
  public static final String TYPE = "millrace.tasks.reencrypt";

  /** More rounds find something only if somebody retries tasks all the time. */
  private static final int ROUNDS = 10;

  private final Tasks tasks;

  public ReencryptRun(Tasks tasks) {
    this.tasks = tasks;
  }

  /** The type to register. */
  public TaskType<?, ?> type() {
    return TaskType.io(TYPE, Asked.class, Outcome.class, this::run)
        .withQueue(BulkRun.QUEUE)
        .withPriority(4);
  }

  /** Nothing has to be said. */
  record Asked() {}

  /**
   * What became of it.
   *
   * @param key the id of the newest key
   * @param rewritten how many values
   * @param left what could not be opened, by the id of the key that is missing or another one
   * @param clean whether nothing is left under another key: older keys can be taken away
   */
  record Outcome(String key, long rewritten, Map<String, Long> left, boolean clean) {}

  private Outcome run(Run run, Asked asked) throws Exception {
    Sealing sealing = tasks.sealing();
    if (sealing.keyIds().isEmpty()) {
      return new Outcome("", 0, Map.of(), true);
    }
    String key = sealing.keyIds().getLast();
    long rewritten = 0;
    Round last = new Round();
    for (int number = 1; number <= ROUNDS; number++) {
      last = round(run, sealing, key + " round " + number);
      rewritten += last.values;
      run.log(
          LogLine.Level.INFO,
          "round " + number + ": " + last.values + " values rewritten under '" + key + "'");
      if (last.values == 0) {
        break;
      }
    }
    last.left.forEach((id, count) ->
        run.log(LogLine.Level.WARN, count + " values do not open with the key '" + id + "'"));
    return new Outcome(key, rewritten, last.left, last.values == 0 && last.left.isEmpty());
  }

  /** The sum of a round. */
  private static final class Round {
    private long tasks;
    private long values;
    private final Map<String, Long> left = new TreeMap<>();
  }

  private Round round(Run run, Sealing sealing, String name) throws Exception {
    var round = new Round();
    long total = total();
    @Nullable String next = "";
    for (int part = 1; next != null; part++) {
      String from = next;
      run.progress(round.tasks, total, name);
      // The key is part of the name: with yet another one, all is looked through anew.
      Rewritten done =
          run.step(name + " part " + part, Rewritten.class, () -> sealing.rewrite(from));
      round.tasks += done.tasks();
      round.values += done.values();
      done.closed().forEach((id, count) -> round.left.merge(id, count, Long::sum));
      next = done.next();
    }
    run.progress(round.tasks, round.tasks, name);
    return round;
  }

  /** How many tasks there are, as it is known without counting. */
  private long total() {
    return tasks.queues().stream()
        .map(QueueView::counts)
        .flatMap(counts -> counts.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
