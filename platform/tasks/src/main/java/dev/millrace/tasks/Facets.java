package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.tasks.TaskFacets.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counts tasks by state, queue, type and tag with bounded work. Thread-safe.
 *
 * <p>What the commits count already (states by queue) is exact. The rest is counted over the newest
 * tasks that an index leads to; where that does not reach the end, the counts say so. Types and
 * tags without any filter are counted in their own indexes, each up to {@value #MOST}.
 */
final class Facets {
  /** As far as a single type or tag is counted. */
  static final int MOST = 10_000;

  /** Values of one facet that are worth showing. */
  private static final int SHOWN = 200;

  private static final int TAGS_COUNTED = 50;

  private final Store store;
  private final Buckets buckets;
  private final RunningTasks running;
  private final Supplier<List<QueueView>> queues;
  private final Supplier<List<String>> types;
  private final InputMatch inputs;

  Facets(
      Store store,
      Buckets buckets,
      RunningTasks running,
      Supplier<List<QueueView>> queues,
      Supplier<List<String>> types,
      InputMatch inputs) {
    this.inputs = inputs;
    this.store = store;
    this.buckets = buckets;
    this.running = running;
    this.queues = queues;
    this.types = types;
  }

  TaskFacets of(TaskFilter filter) {
    return store.read(view -> new Read(view, filter).facets());
  }

  /** The counts of one read. */
  private final class Read {
    private final Snapshot view;
    private final TaskFilter filter;

    Read(Snapshot view, TaskFilter filter) {
      this.view = view;
      this.filter = filter;
    }

    TaskFacets facets() {
      return new TaskFacets(states(), queues(), types(), tags());
    }

    private boolean isCounted() {
      return filter.type() == null
          && filter.tag() == null
          && filter.batch() == null
          && !filter.isRare();
    }

    private List<Count> states() {
      var counts = new TreeMap<String, Long>();
      Tally.Reach reach = Tally.Reach.WHOLE;
      if (isCounted()) {
        for (QueueView queue : queues.get()) {
          if (filter.queue() == null || filter.queue().equals(queue.name())) {
            queue.counts().forEach((state, count) -> counts.merge(state.word(), count, Long::sum));
          }
        }
      } else {
        reach = tally(filter.withStates(), Tally.Column.STATE, counts);
      }
      Tally.Reach seen = reach;
      return Arrays.stream(TaskState.values())
          .map(state ->
              new Count(state.word(), counts.getOrDefault(state.word(), 0L), !seen.holds(state)))
          .toList();
    }

    private List<Count> queues() {
      var counts = new TreeMap<String, Long>();
      queues.get().forEach(queue -> counts.put(queue.name(), 0L));
      boolean exact = isCounted();
      if (exact) {
        Set<TaskState> wanted = filter.states();
        queues
            .get()
            .forEach(queue ->
                queue
                    .counts()
                    .forEach((state, count) -> {
                      if (wanted.isEmpty() || wanted.contains(state)) {
                        counts.merge(queue.name(), count, Long::sum);
                      }
                    }));
      } else {
        exact = tally(filter.withQueue(null), Tally.Column.QUEUE, counts).whole();
      }
      return sorted(counts, !exact);
    }

    private List<Count> types() {
      var counts = new TreeMap<String, Long>();
      types.get().forEach(type -> counts.put(type, 0L));
      TaskFilter others = filter.withType(null);
      boolean exact = tally(others, Tally.Column.TYPE, counts).whole();
      return exact || !others.equals(TaskFilter.all())
          ? sorted(counts, !exact)
          : counts.entrySet().stream()
              .map(type -> ofType(type.getKey(), type.getValue()))
              .sorted(Comparator.comparingLong(Count::count).reversed())
              .toList();
    }

    /** The type's own index of history tells more than the newest rows. */
    private Count ofType(String type, long newest) {
      long done = 0;
      for (Bucket bucket : buckets.newestFirst()) {
        done +=
            view.number(
                "SELECT count(*) FROM (SELECT 1 FROM " + bucket.table + " WHERE type = ? LIMIT ?)",
                type,
                MOST - done);
        if (done >= MOST) {
          return new Count(type, MOST, true);
        }
      }
      // The live table has no such index: what its newest rows gave is within 'newest'.
      return new Count(type, Math.max(done, Math.min(newest, MOST)), true);
    }

    private List<Count> tags() {
      var counts = new TreeMap<String, Long>();
      TaskFilter others = filter.withTag(null);
      boolean exact = tally(others, Tally.Column.TAGS, counts).whole();
      List<Count> newest = sorted(counts, !exact);
      return exact || !others.equals(TaskFilter.all())
          ? newest
          : newest.stream().limit(TAGS_COUNTED).map(tag -> ofTag(tag.value())).toList();
    }

    private Count ofTag(String tag) {
      long count =
          view.number(
              "SELECT count(*) FROM (SELECT 1 FROM task_tags WHERE tag = ? LIMIT "
                  + (MOST + 1)
                  + ")",
              tag);
      return new Count(tag, Math.min(count, MOST), count > MOST);
    }

    private Tally.Reach tally(TaskFilter others, Tally.Column column, Map<String, Long> counts) {
      return new Tally(view, others, column, counts, inputs).count(buckets, running);
    }
  }

  private static List<Count> sorted(Map<String, Long> counts, boolean capped) {
    var found = new ArrayList<Count>();
    counts.forEach((value, count) -> found.add(new Count(value, count, capped)));
    found.sort(Comparator.comparingLong(Count::count).reversed());
    return List.copyOf(found.subList(0, Math.min(SHOWN, found.size())));
  }
}
