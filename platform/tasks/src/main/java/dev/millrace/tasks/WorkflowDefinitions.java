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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Definitions of workflows in the database, by name and version. Thread-safe. */
final class WorkflowDefinitions {
  private static final Logger LOG = LoggerFactory.getLogger(WorkflowDefinitions.class);
  private static final String DEFINITION =
      "SELECT version, at, definition, name FROM workflow_definitions WHERE name = ? AND version ="
          + " ?";
  private static final String LATEST =
      "SELECT version, at, definition, name FROM workflow_definitions WHERE name = ?"
          + " ORDER BY version DESC LIMIT 1";
  private static final String NAMES =
      "SELECT DISTINCT name FROM workflow_definitions ORDER BY name";
  private static final String DEFINE =
      "INSERT INTO workflow_definitions (name, version, at, definition) VALUES (?, ?, ?, ?)";
  private final Store store;
  private final InstantSource clock;
  private final TypeRegistry types;
  private final Vault vault;
  private final ShownWorkflows shown;
  private final ReentrantLock defining = new ReentrantLock();

  /** Definitions that were read; a version never changes. */
  private final Map<String, WorkflowVersion> known = new ConcurrentHashMap<>();

  WorkflowDefinitions(Store store, InstantSource clock, TypeRegistry types, Vault vault) {
    this.vault = vault;
    shown = new ShownWorkflows(types);
    this.store = store;
    this.clock = clock;
    this.types = types;
  }

  WorkflowVersion define(Workflow asked) {
    List<Problem> problems = new ArrayList<>(asked.problems());
    if (problems.isEmpty()) {
      problems.addAll(unknownTypes(asked));
    }
    refuse(problems);
    Workflow workflow =
        definition(asked.name())
            .map(known -> shown.restored(asked, known.workflow()))
            .orElse(asked);
    refuse(shown.givenBack(workflow));
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
      Kept latest = tx.find(LATEST, this::kept, workflow.name()).orElse(null);
      if (latest == null || !latest.workflow.equals(workflow)) {
        int version = latest == null ? 1 : latest.version + 1;
        tx.update(
            DEFINE, workflow.name(), version, clock.millis(), stored(workflow, version, json));
      }
    });
  }

  /** Encrypted if it has a task of a type that is. */
  private String stored(Workflow workflow, int version, String json) {
    boolean covered = workflow.types().stream().anyMatch(place -> vault.covers(place.type()));
    return covered ? vault.seal(0, Vault.definition(workflow.name(), version), json) : json;
  }

  /** As people may see it. */
  WorkflowVersion shown(WorkflowVersion version) {
    return new WorkflowVersion(
        shown.shown(version.workflow()),
        version.version(),
        version.definedAt(),
        version.estimate());
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
    return store.read(view -> view.find(LATEST, this::kept, name).map(kept -> in(view, kept)));
  }

  Optional<WorkflowVersion> definition(String name, int version) {
    String key = name + " " + version;
    WorkflowVersion read = known.get(key);
    if (read != null) {
      return Optional.of(read);
    }
    Optional<WorkflowVersion> found =
        store.read(
            view -> view.find(DEFINITION, this::kept, name, version).map(kept -> in(view, kept)));
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

  /** The latest versions; those whose key is missing are left out. */
  List<WorkflowVersion> definitions() {
    return store.read(view -> {
      var found = new ArrayList<WorkflowVersion>();
      for (String name : view.query(NAMES, row -> row.getString(1))) {
        try {
          view.find(LATEST, this::kept, name).ifPresent(kept -> found.add(in(view, kept)));
        } catch (TaskException closed) {
          LOG.warn("{}", closed.getMessage());
        }
      }
      return found;
    });
  }

  private SubWorkflows within(Snapshot view) {
    return new SubWorkflows(name -> view.find(LATEST, this::kept, name).map(Kept::workflow));
  }

  /** With its estimate, to which the workflows within it belong as they are defined now. */
  private WorkflowVersion in(Snapshot view, Kept kept) {
    return new WorkflowVersion(
        kept.workflow, kept.version, kept.at, within(view).estimate(kept.workflow));
  }

  /** A definition as its row has it. */
  private record Kept(Workflow workflow, int version, Instant at) {}

  private Kept kept(ResultSet row) throws SQLException {
    int version = row.getInt(1);
    String name = row.getString(4);
    try {
      String json = vault.open(0, Vault.definition(name, version), row.getString(3));
      return new Kept(
          Json.MAPPER.readValue(json, Workflow.class),
          version,
          Instant.ofEpochMilli(row.getLong(2)));
    } catch (SealedException closed) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "name",
          "workflow '" + name + "' cannot be read: " + closed.getMessage(),
          "Configure the key.");
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
