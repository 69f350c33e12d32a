package dev.millrace.server.tasks;

import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskFacets;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An action on many tasks, as a task: it goes on after a crash, shows its progress, and can be
 * cancelled. Thread-safe.
 *
 * <p>Each portion of tasks is a step, which is not done again once it is durable. A portion that a
 * crash interrupted is done again; what it has done shows in the states of its tasks: none is
 * cancelled twice, and none that ended since the action was asked for is driven again.
 */
public final class BulkRun {
  /** The name of the type. */
  public static final String TYPE = "millrace.tasks.bulk";

  /** A queue of its own: a paused queue must not hold back the action that mends it. */
  public static final String QUEUE = "millrace";

  private static final int PAGE = 200;

  /** Pages of a portion; fewer make more steps, more repeat more work after a crash. */
  private static final int PAGES = 5;

  /** Commits are shared: so many wait for the same one. */
  private static final int AT_ONCE = 64;

  private final Tasks tasks;

  public BulkRun(Tasks tasks) {
    this.tasks = tasks;
  }

  /** The type to register. */
  public TaskType<?, ?> type() {
    return TaskType.io(TYPE, BulkInput.class, Outcome.class, this::run)
        .withQueue(QUEUE)
        .withPriority(2);
  }

  /** What became of the tasks. */
  record Outcome(long changed, long skipped) {}

  /** What a portion did; {@code next} is null after the last. */
  record Portion(long changed, long skipped, @Nullable String next) {}

  private Outcome run(Run run, BulkInput input) throws Exception {
    long total = total(input);
    long changed = 0;
    long skipped = 0;
    @Nullable String next = "";
    for (int number = 1; next != null; number++) {
      String from = next;
      long before = changed + skipped;
      run.progress(before, total, null);
      Portion portion =
          run.step(
              "portion-" + number,
              Portion.class,
              () -> portion(run, input, from, done -> run.progress(before + done, total, null)));
      changed += portion.changed;
      skipped += portion.skipped;
      next = portion.next;
      run.log(
          LogLine.Level.INFO,
          input.action() + ": " + changed + " changed, " + skipped + " skipped so far");
    }
    run.progress(changed + skipped, changed + skipped, null);
    return new Outcome(changed, skipped);
  }

  /** How many tasks there are to look at; 0 if that is not known. */
  private long total(BulkInput input) {
    if (input.ids() != null) {
      return input.ids().size();
    }
    var wanted = new HashSet<String>();
    states(input).forEach(state -> wanted.add(state.word()));
    List<TaskFacets.Count> counts =
        tasks.facets(filter(input)).states().stream()
            .filter(count -> wanted.contains(count.value()))
            .toList();
    return counts.stream().anyMatch(TaskFacets.Count::capped)
        ? 0
        : counts.stream().mapToLong(TaskFacets.Count::count).sum();
  }

  private static Set<TaskState> states(BulkInput input) {
    Set<TaskState> states = EnumSet.copyOf(input.verb().from());
    Set<TaskState> asked = filter(input).states();
    if (!asked.isEmpty()) {
      states.retainAll(asked);
    }
    return states;
  }

  private static TaskFilter filter(BulkInput input) {
    return input.filter() == null ? TaskFilter.all() : input.filter().filter();
  }

  /** Told how many tasks of the portion are through. */
  private interface Told {
    void done(long tasks);
  }

  private Portion portion(Run run, BulkInput input, String from, Told told) throws Exception {
    List<String> ids = input.ids();
    if (ids != null) {
      int begin = from.isEmpty() ? 0 : Integer.parseInt(from);
      int end = Math.min(ids.size(), begin + PAGE * PAGES);
      List<TaskId> portion = ids.subList(begin, end).stream().map(TaskId::parse).toList();
      Tally tally = apply(run, input.verb(), portion, 0, told);
      return new Portion(
          tally.changed, tally.skipped, end < ids.size() ? String.valueOf(end) : null);
    }
    return matching(run, input, from, told);
  }

  private Portion matching(Run run, BulkInput input, String from, Told told) throws Exception {
    Set<TaskState> states = states(input);
    if (states.isEmpty()) {
      return new Portion(0, 0, null);
    }
    TaskFilter filter = filter(input).withStates(states.toArray(TaskState[]::new));
    Tally all = new Tally(0, 0);
    String next = from.isEmpty() ? null : from;
    for (int page = 0; page < PAGES; page++) {
      TaskPage found = tasks.list(filter, PAGE, next);
      List<TaskId> ids =
          found.items().stream()
              // Neither itself, nor what came after it was asked for, nor others of its kind.
              .filter(task -> task.id().compareTo(run.id()) < 0)
              .filter(task -> !task.type().equals(TYPE) || TYPE.equals(filter.type()))
              .map(TaskView::id)
              .toList();
      Tally tally = apply(run, input.verb(), ids, all.sum(), told);
      all = new Tally(all.changed + tally.changed, all.skipped + tally.skipped);
      next = found.next();
      if (next == null) {
        break;
      }
    }
    return new Portion(all.changed, all.skipped, next);
  }

  private record Tally(long changed, long skipped) {
    long sum() {
      return changed + skipped;
    }
  }

  private Tally apply(Run run, BulkVerb verb, List<TaskId> ids, long before, Told told)
      throws Exception {
    long changed = 0;
    long through = 0;
    Instant asked = run.id().createdAt();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < ids.size(); at += AT_ONCE) {
        var calls = new ArrayList<Callable<Boolean>>();
        for (TaskId id : ids.subList(at, Math.min(ids.size(), at + AT_ONCE))) {
          calls.add(() -> change(verb, id, asked));
        }
        // Interrupted when this task is cancelled or the server stops.
        for (Future<Boolean> call : threads.invokeAll(calls)) {
          changed += result(call) ? 1 : 0;
        }
        through += calls.size();
        told.done(before + through);
      }
    }
    return new Tally(changed, through - changed);
  }

  private static boolean result(Future<Boolean> call) throws Exception {
    try {
      return call.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  /** Whether the task was changed: not if its state does not ask for it any more. */
  private boolean change(BulkVerb verb, TaskId id, Instant asked) {
    Optional<TaskView> task = tasks.find(id);
    if (task.isEmpty() || !verb.from().contains(task.get().state()) || task.get().cancelling()) {
      return false;
    }
    Instant finished = task.get().finishedAt();
    if (finished != null && finished.isAfter(asked)) {
      return false;
    }
    try {
      verb.on(tasks, id);
      return true;
    } catch (TaskException refused) {
      return switch (refused.reason()) {
        case STATE, NOT_FOUND -> false;
        default -> throw refused;
      };
    }
  }
}
