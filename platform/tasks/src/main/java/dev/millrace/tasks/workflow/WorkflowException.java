package dev.millrace.tasks.workflow;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that is refused, with everything that is wrong with it. */
public final class WorkflowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Workflow.Problem> problems;

  public WorkflowException(List<Workflow.Problem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.pointer() + ": " + problem.detail())
            .collect(Collectors.joining("; ", "the workflow is not right: ", "")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each with its place. */
  public List<Workflow.Problem> problems() {
    return problems;
  }
}
