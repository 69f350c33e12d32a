package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Workflows: definitions with versions, and their runs. A run is a task of type {@link #TYPE}; it
 * holds no thread while its tasks are at work, and outlives restarts. Thread-safe.
 */
public interface Workflows {
  /** The task type that drives runs. */
  String TYPE = "millrace.workflow";

  /** The queue of the tasks that drive runs. */
  String QUEUE = "workflows";

  /**
   * Keeps a definition. One that is the same as the latest of its name is not kept twice.
   *
   * @throws dev.millrace.tasks.workflow.WorkflowException with everything that is wrong with it
   */
  WorkflowVersion define(Workflow workflow);

  /** The latest version of a definition. */
  Optional<WorkflowVersion> definition(String name);

  /** A version of a definition. */
  Optional<WorkflowVersion> definition(String name, int version);

  /** The latest version of every definition, by name. */
  List<WorkflowVersion> definitions();

  /**
   * Starts a run of the latest version.
   *
   * @param input what its tasks may name as <code>{{input…}}</code>
   * @throws TaskException if there is no such workflow
   */
  Submitted start(String name, JsonNode input, SubmitOptions options);

  /**
   * Starts a run of that version, whatever has become of the definition since.
   *
   * @param version as {@link #define} answered it
   */
  Submitted start(WorkflowVersion version, JsonNode input, SubmitOptions options);

  /** Has a listener hear of every step of every run, for good. Called before the tasks start. */
  void listen(WorkflowListener listener);

  /** A run with its stages. */
  Optional<WorkflowRun> find(TaskId run);

  /**
   * The tasks that are at work for a run, by their names in the definition; of many of one name the
   * first. What is over is not among them.
   */
  Map<String, TaskId> atWork(TaskId run);

  /**
   * Runs, newest first, without their stages' results.
   *
   * @param name only runs of this workflow, or of those that begin so if it ends in {@code *}; null
   *     for all
   * @param status only runs that stand there; null for all
   * @param limit 1 to 200
   * @param cursor {@link WorkflowPage#next} of the page before; null for the first
   */
  WorkflowPage list(
      @Nullable String name, @Nullable Status status, int limit, @Nullable String cursor);

  /**
   * The sync points at which unfinished runs wait for a person or for metrics, newest run first.
   *
   * @param limit 1 to 1,000
   */
  List<WaitingSync> waiting(int limit);

  /** Starts nothing new in the run; what is at work goes on. */
  Position pause(TaskId run);

  /** Lets a paused run go on. */
  Position resume(TaskId run);

  /** Cancels the run and its tasks. */
  TaskState cancel(TaskId run);

  /**
   * Begins again with a stage: it and all behind it are done anew, their tasks cancelled where they
   * are at work. A run that failed or was cancelled goes on with it; then whatever else was not
   * through is done anew as well.
   *
   * @throws TaskException if there is no such run or stage, or the run has succeeded
   */
  Position rollback(TaskId run, String stage);

  /**
   * Starts a new run of the same version that takes over what came before a stage, with another
   * input.
   *
   * @param input null for that of the old run
   */
  Submitted fork(TaskId run, String stage, @Nullable JsonNode input);

  /**
   * Says yes or no at the sync point of a stage.
   *
   * @throws TaskException if the run does not stand at that sync point
   */
  Position answer(
      TaskId run, String stage, boolean approved, @Nullable String by, @Nullable String comment);

  /**
   * Hands in metrics for the sync point of a stage, or for one that is watched while it is at work.
   *
   * @throws TaskException if the run stands at neither
   */
  Position metrics(TaskId run, String stage, Map<String, Object> metrics);
}
