package dev.millrace.tasks.workflow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as it is defined: stages with dependencies, in Java or as JSON. Immutable. {@link
 * #problems} tells what is wrong with it; the tasks part refuses one that has problems.
 *
 * <pre>{@code
 * var release = Workflow.of("release",
 *     Stage.parallel("build", StageTask.of("jar", "build.jar", null)),
 *     Stage.parallel("check",
 *             StageTask.of("unit", "test.run", null),
 *             StageTask.of("lint", "lint.run", null))
 *         .withAfter("build")
 *         .withSync(SyncPoint.where("coverage >= 80 && failed == 0")),
 *     Stage.sequential("ship", StageTask.of("deploy", "deploy.run", null)).withAfter("check"));
 * }</pre>
 *
 * @param name lower-case letters, digits and dashes
 * @param description for people
 */
public record Workflow(String name, @Nullable String description, List<Stage> stages) {
  public Workflow {
    stages = List.copyOf(stages);
  }

  /** A workflow of these stages. */
  public static Workflow of(String name, Stage... stages) {
    return new Workflow(name, null, List.of(stages));
  }

  /** Everything that is wrong, each with the place as a JSON pointer; empty if nothing is. */
  public List<Problem> problems() {
    return new Check(this).problems();
  }

  /** Every type that its tasks name, with its place as a JSON pointer. */
  public List<Place> types() {
    var places = new ArrayList<Place>();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      for (int j = 0; j < stage.tasks().size(); j++) {
        addTypes("/stages/" + i + "/tasks/" + j, stage.tasks().get(j), places);
      }
      if (stage.validation() != null) {
        addTypes("/stages/" + i + "/validation", stage.validation(), places);
      }
    }
    return places;
  }

  private static void addTypes(String at, StageTask task, List<Place> places) {
    places.add(new Place(at + "/type", task.type()));
    if (task.fallback() != null) {
      places.add(new Place(at + "/fallback", task.fallback()));
    }
    if (task.compensate() != null) {
      places.add(new Place(at + "/compensate", task.compensate()));
    }
  }

  /** The stage of that name. */
  public Stage stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Where a definition names a type.
   *
   * @param pointer where, as a JSON pointer
   * @param type a task type, or another workflow: see {@link SubWorkflow}
   */
  public record Place(String pointer, String type) {}

  /**
   * Something wrong with a definition.
   *
   * @param pointer where, as a JSON pointer
   * @param detail what, with the values involved and what to do
   */
  public record Problem(String pointer, String detail) {}
}
