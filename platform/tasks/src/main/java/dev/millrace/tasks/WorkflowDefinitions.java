package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.tasks.workflow.SubWorkflow;
import dev.millrace.tasks.workflow.SubWorkflows;
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
import java.util.concurrent.locks.ReentrantLock;

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
  private final ReentrantLock defining = new ReentrantLock();

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
    refuse(problems);
    String json = Json.MAPPER.writeValueAsString(workflow);
    if (json.length() > Limits.PAYLOAD) {
      String size =
          "it has " + json.length() + " characters; up to " + Limits.PAYLOAD + " are kept";
      refuse(List.of(new Problem("", size)));
    }
    // One after another, so that no two lead back to each other without either seeing it.
    defining.lock();
    try {
      refuse(store.read(view -> within(view).problems(workflow)));
      keep(workflow, json);
      known.clear(); // Estimates of others may rest on it.
    } finally {
      defining.unlock();
    }
    return definition(workflow.name()).orElseThrow();
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new WorkflowException(problems);
    }
  }

  private void keep(Workflow workflow, String json) {
    store.write(tx -> {
      Kept latest = tx.find(LATEST, Kept::of, workflow.name()).orElse(null);
      if (latest == null || !latest.workflow.equals(workflow)) {
        int version = latest == null ? 1 : latest.version + 1;
        tx.update(DEFINE, workflow.name(), version, clock.millis(), json);
      }
    });
  }

  private List<Problem> unknownTypes(Workflow workflow) {
    var problems = new ArrayList<Problem>();
    for (Workflow.Place place : workflow.types()) {
      if (SubWorkflow.name(place.type()).isEmpty()) {
        try {
          types.require(place.type());
        } catch (TaskException unknown) {
          problems.add(new Problem(place.pointer(), String.valueOf(unknown.getMessage())));
        }
      }
    }
    return problems;
  }

  Optional<WorkflowVersion> definition(String name) {
    return store.read(view -> view.find(LATEST, Kept::of, name).map(kept -> kept.in(view)));
  }

  Optional<WorkflowVersion> definition(String name, int version) {
    String key = name + " " + version;
    WorkflowVersion read = known.get(key);
    if (read != null) {
      return Optional.of(read);
    }
    Optional<WorkflowVersion> found =
        store.read(
            view -> view.find(DEFINITION, Kept::of, name, version).map(kept -> kept.in(view)));
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
    return store.read(
        view -> view.query(ALL, Kept::of).stream().map(kept -> kept.in(view)).toList());
  }

  private static SubWorkflows within(Snapshot view) {
    return new SubWorkflows(name -> view.find(LATEST, Kept::of, name).map(Kept::workflow));
  }

  /** A definition as its row has it. */
  private record Kept(Workflow workflow, int version, Instant at) {
    static Kept of(ResultSet row) throws SQLException {
      return new Kept(
          Json.MAPPER.readValue(row.getString(3), Workflow.class),
          row.getInt(1),
          Instant.ofEpochMilli(row.getLong(2)));
    }

    /** With its estimate, to which the workflows within it belong as they are defined now. */
    WorkflowVersion in(Snapshot view) {
      return new WorkflowVersion(workflow, version, at, within(view).estimate(workflow));
    }
  }

  static TaskException unknown(String name) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "name",
        "there is no workflow '" + Texts.shortened(name, 80) + "'",
        "Define it first; list the definitions to see which there are.");
  }
}
