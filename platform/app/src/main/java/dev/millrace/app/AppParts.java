package dev.millrace.app;

import dev.millrace.http.Endpoint;
import dev.millrace.tasks.TaskType;
import java.util.List;
import java.util.Optional;

/**
 * What an open application brings.
 *
 * @param taskTypes their names begin with the application's and a dot
 * @param endpoints their paths lie below {@code /api/v1/<application>}
 * @param console its entry in the console's rail, if it has a page there
 * @param health asked for the health page; answers at once
 * @param close called when the process stops, after the last request and task
 */
public record AppParts(
    List<TaskType<?, ?>> taskTypes,
    List<Endpoint> endpoints,
    Optional<ConsoleEntry> console,
    HealthCheck health,
    Runnable close) {

  /** Parts with these task types and endpoints, always healthy, with nothing to close. */
  public AppParts(List<TaskType<?, ?>> taskTypes, List<Endpoint> endpoints) {
    this(taskTypes, endpoints, Optional.empty(), HealthCheck.ALWAYS_OK, () -> {});
  }

  public AppParts {
    taskTypes = List.copyOf(taskTypes);
    endpoints = List.copyOf(endpoints);
  }
}
