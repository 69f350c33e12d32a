package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Times;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.Workflow.Problem;
import dev.millrace.tasks.workflow.WorkflowException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Definitions of workflows in the database, by name and version. Thread-safe. */
final class WorkflowDefinitions {
  private static final String DEFINITION =
      "SELECT version, at, definition FROM workflow_definitions WHERE name = ? AND version = ?";
  private static final String LATEST =
      "SELECT version, at, definition FROM workflow_definitions WHERE name = ?"
          + " ORDER BY version DESC LIMIT 1";
  private static final String ALL =
      "SELECT version, at, definition FROM workflow_definitions AS d WHERE version ="
          + " (SELECT max(version) FROM workflow_definitions WHERE name = d.name) ORDER BY name";
  private static final String DEFINE =
      "INSERT INTO workflow_definitions (name, version, at, definition) VALUES (?, ?, ?, ?)";
  private final Store store;
  private final InstantSource clock;
  private final TypeRegistry types;

  /** Definitions that were read; a version never changes. */
  private final Map<String, WorkflowVersion> known = new ConcurrentHashMap<>();

  WorkflowDefinitions(Store store, InstantSource clock, TypeRegistry types) {
    this.store = store;
    this.clock = clock;
    this.types = types;
  }

  WorkflowVersion define(Workflow workflow) {
    List<Problem> problems = new ArrayList<>(workflow.problems());
    if (problems.isEmpty()) {
      problems.addAll(unknownTypes(workflow));
    }
    if (!problems.isEmpty()) {
      throw new WorkflowException(problems);
    }
    String json = Json.MAPPER.writeValueAsString(workflow);
    if (json.length() > Limits.PAYLOAD) {
      throw new WorkflowException(
          List.of(
              new Problem(
                  "",
                  "it has "
                      + json.length()
                      + " characters; up to "
                      + Limits.PAYLOAD
                      + " are"
                      + " kept")));
    }
    Instant now = clock.instant();
    return store
        .compute(tx -> {
          WorkflowVersion latest =
              tx.find(LATEST, WorkflowDefinitions::version, workflow.name()).orElse(null);
          if (latest != null && latest.workflow().equals(workflow)) {
            return latest;
          }
          int version = latest == null ? 1 : latest.version() + 1;
          tx.update(DEFINE, workflow.name(), version, now.toEpochMilli(), json);
          return new WorkflowVersion(workflow, version, now, Times.estimated(workflow));
        })
        .value();
  }

  private List<Problem> unknownTypes(Workflow workflow) {
    var problems = new ArrayList<Problem>();
    for (int i = 0; i < workflow.stages().size(); i++) {
      Stage stage = workflow.stages().get(i);
      String at = "/stages/" + i;
      for (int j = 0; j < stage.tasks().size(); j++) {
        unknownTypes(at + "/tasks/" + j, stage.tasks().get(j), problems);
      }
      if (stage.validation() != null) {
        unknownTypes(at + "/validation", stage.validation(), problems);
      }
    }
    return problems;
  }

  private void unknownTypes(String at, StageTask task, List<Problem> problems) {
    unknownType(at + "/type", task.type(), problems);
    unknownType(at + "/fallback", task.fallback(), problems);
    unknownType(at + "/compensate", task.compensate(), problems);
  }

  private void unknownType(String at, @Nullable String type, List<Problem> problems) {
    if (type != null) {
      try {
        types.require(type);
      } catch (TaskException unknown) {
        problems.add(new Problem(at, String.valueOf(unknown.getMessage())));
      }
    }
  }

  Optional<WorkflowVersion> definition(String name) {
    return store.read(view -> view.find(LATEST, WorkflowDefinitions::version, name));
  }

  Optional<WorkflowVersion> definition(String name, int version) {
    String key = name + " " + version;
    WorkflowVersion read = known.get(key);
    if (read != null) {
      return Optional.of(read);
    }
    Optional<WorkflowVersion> found =
        store.read(view -> view.find(DEFINITION, WorkflowDefinitions::version, name, version));
    found.ifPresent(value -> {
      if (known.size() < Limits.QUEUES) {
        known.put(key, value);
      }
    });
    return found;
  }

  WorkflowVersion require(String name, int version) {
    return definition(name, version).orElseThrow(() -> unknown(name));
  }

  List<WorkflowVersion> definitions() {
    return store.read(view -> view.query(ALL, WorkflowDefinitions::version));
  }

  private static WorkflowVersion version(ResultSet row) throws SQLException {
    Workflow workflow = Json.MAPPER.readValue(row.getString(3), Workflow.class);
    return new WorkflowVersion(
        workflow, row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), Times.estimated(workflow));
  }

  static TaskException unknown(String name) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "name",
        "there is no workflow '" + Texts.shortened(name, 80) + "'",
        "Define it first; list the definitions to see which there are.");
  }
}
