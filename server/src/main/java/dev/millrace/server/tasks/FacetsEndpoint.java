package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.TaskFacets;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/tasks/facets}: how many tasks each choice of the filter would show. */
final class FacetsEndpoint {
  private FacetsEndpoint() {}

  /** The filter as it is. */
  public record FacetQuery(
      @Doc("Tasks in any of these states.") @Default("[]") List<TaskState> state,
      @Doc("Tasks of this queue.") @Nullable @Size(max = 100) String queue,
      @Doc("Tasks of this type.") @Nullable @Size(max = 100) String type,
      @Doc("Tasks with this tag.") @Nullable @Size(max = 100) String tag,
      @Doc("Tasks with this text in id, type, tags, unique key or last error.")
          @Nullable
          @Size(max = 100)
          String text) {}

  /** A value and how many tasks have it. */
  public record FacetCount(
      String value,
      long count,
      @Doc("Whether there may be more: the work of counting is bounded.") boolean capped) {
    static FacetCount of(TaskFacets.Count count) {
      return new FacetCount(count.value(), count.count(), count.capped());
    }
  }

  /** The counts by each part of the filter. */
  public record FacetItem(
      @Doc("All states.") List<FacetCount> states,
      @Doc("The fullest first.") List<FacetCount> queues,
      @Doc("The most frequent first.") List<FacetCount> types,
      @Doc("The most frequent first.") List<FacetCount> tags) {
    static FacetItem of(TaskFacets facets) {
      return new FacetItem(
          counts(facets.states()),
          counts(facets.queues()),
          counts(facets.types()),
          counts(facets.tags()));
    }

    private static List<FacetCount> counts(List<TaskFacets.Count> counts) {
      return counts.stream().map(FacetCount::of).toList();
    }
  }

  private static final FacetItem EXAMPLE =
      new FacetItem(
          List.of(new FacetCount("ready", 12, false), new FacetCount("dead", 2, false)),
          List.of(new FacetCount("default", 14, false)),
          List.of(new FacetCount("sample.steps", 10_000, true)),
          List.of(new FacetCount("demo", 14, false)));

  static Endpoint of(Tasks tasks) {
    return Endpoint.get("/api/v1/tasks/facets")
        .id("countTasks")
        .summary("Count tasks by state, queue, type and tag")
        .description(
            "The counts by one part regard the others of the filter and not its own: they say what"
                + " another choice would show. A count is exact unless it is 'capped'.")
        .tags("tasks")
        .query(FacetQuery.class)
        .noEtag()
        .answers(200, FacetItem.class, EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          FacetQuery query = request.query();
          TaskFilter filter =
              new TaskFilter(
                  Set.copyOf(query.state), query.queue, query.type, query.tag, query.text);
          return Reply.ok(FacetItem.of(tasks.facets(filter)));
        });
  }
}
