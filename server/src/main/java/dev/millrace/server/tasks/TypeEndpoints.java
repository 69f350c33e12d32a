package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.server.tasks.TypeWire.TypeItem;
import dev.millrace.server.tasks.TypeWire.TypeRule;
import dev.millrace.tasks.TypeRules;
import dev.millrace.tasks.TypeView;
import java.util.List;

/** {@code /api/v1/task-type-rules}: time limits and attempts of types, changed at run time. */
public final class TypeEndpoints {
  private static final String RULES = "/api/v1/task-type-rules";
  private static final String RULE = RULES + "/{name}";
  private static final String NAME = "sample.steps";

  private final TypeRules rules;

  public TypeEndpoints(TypeRules rules) {
    this.rules = rules;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(list(), find(), set(), reset());
  }

  private Endpoint list() {
    return Endpoint.get(RULES)
        .id("listTaskTypeRules")
        .summary("List the task types with their time limits and attempts")
        .tags("tasks")
        .answersPage(TypeItem.class, TypeItem.EXAMPLE)
        .handle(_ -> Reply.ok(new Page<>(rules.list().stream().map(TypeItem::of).toList(), null)));
  }

  private Endpoint find() {
    return Endpoint.get(RULE)
        .id("findTaskTypeRule")
        .summary("Look at the time limit and attempts of a task type")
        .tags("tasks")
        .path("name", "The type's name.", NAME)
        .answers(200, TypeItem.class, TypeItem.EXAMPLE)
        .problems(TaskProblems.TYPE_UNKNOWN)
        .handle(request -> Reply.ok(item(request.path("name"))));
  }

  private TypeItem item(String name) {
    TypeView view =
        rules
            .find(name)
            .orElseThrow(
                () -> TaskProblems.TYPE_UNKNOWN.because("There is no task type '" + name + "'."));
    return TypeItem.of(view);
  }

  private Endpoint set() {
    return Endpoint.put(RULE)
        .id("setTaskTypeRule")
        .summary("Set the time limit and attempts of a task type")
        .description(
            "Durable; it takes the place of what the code says and holds from the next attempt on."
                + " What runs keeps its time limit.")
        .tags("tasks")
        .path("name", "The type's name.", NAME)
        .body(TypeRule.class, TypeRule.EXAMPLE)
        .answers(200, TypeItem.class, TypeItem.EXAMPLE)
        .problems(TaskProblems.TYPE_UNKNOWN, TaskProblems.OPTION_INVALID, TaskProblems.CLOSED)
        .handle(request -> {
          rules.set(request.path("name"), request.body().settings());
          return Reply.ok(item(request.path("name")));
        });
  }

  private Endpoint reset() {
    return Endpoint.delete(RULE)
        .id("resetTaskTypeRule")
        .summary("Let the code decide again about the time limit and attempts of a task type")
        .tags("tasks")
        .path("name", "The type's name.", NAME)
        .answersEmpty(204)
        .problems(TaskProblems.TYPE_UNKNOWN, TaskProblems.CLOSED)
        .handle(request -> {
          rules.reset(request.path("name"));
          return Reply.noContent();
        });
  }
}
