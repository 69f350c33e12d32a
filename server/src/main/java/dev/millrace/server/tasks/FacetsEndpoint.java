package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Doc;
import dev.millrace.tasks.TaskFacets;
import dev.millrace.tasks.Tasks;
import java.util.List;

/** {@code GET /api/v1/tasks/facets}: how many tasks each choice of the filter would show. */
final class FacetsEndpoint {
  private FacetsEndpoint() {}

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
        .query(TaskMatch.class)
        .noEtag()
        .answers(200, FacetItem.class, EXAMPLE)
        .problems(TaskProblems.OPTION_INVALID)
        .handle(request -> {
          TaskMatch match = request.query();
          return Reply.ok(FacetItem.of(tasks.facets(match.filter())));
        });
  }
}
