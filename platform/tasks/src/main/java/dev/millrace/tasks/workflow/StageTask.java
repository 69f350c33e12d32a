package dev.millrace.tasks.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A piece of work of a stage: one task, or one for each item of a list. Immutable.
 *
 * @param name unique in its workflow
 * @param type a registered task type, or another workflow: see {@link SubWorkflow}
 * @param input what it gets. A text of the form <code>{{path}}</code> is replaced by a value of the
 *     run: <code>{{input.user}}</code>, <code>{{tasks.design.spec}}</code> (a field of the result
 *     of task design), <code>{{item}}</code>, <code>{{run}}</code> (the run's id); null for an
 *     empty object
 * @param forEach a <code>{{path}}</code> that leads to a list: a task runs for each {@code item}
 * @param after tasks of the same stage that must be through first; for {@link StageMode#HYBRID}
 * @param priority 0 urgent to 9 idle; null for the type's own
 * @param onFailure what becomes of the workflow if it is dead
 * @param fallback the type that takes over, with the same input unless {@code fallbackInput} is
 *     another
 * @param compensate the type that undoes it, with its input and result as {@code {input, result}}
 * @param estimate how long it takes, for the critical path; null if unknown
 * @param fallbackInput what the fallback gets; null for the same input
 */
public record StageTask(
    String name,
    String type,
    @Nullable JsonNode input,
    @Nullable String forEach,
    List<String> after,
    @Nullable Integer priority,
    OnFailure onFailure,
    @Nullable String fallback,
    @Nullable String compensate,
    @Nullable Duration estimate,
    @Nullable JsonNode fallbackInput) {
  public StageTask {
    fallbackInput = fallbackInput == null || fallbackInput.isNull() ? null : fallbackInput;
    input = input == null || input.isNull() ? null : input;
    after = after == null ? List.of() : List.copyOf(after);
    onFailure = onFailure == null ? OnFailure.FAIL : onFailure;
  }

  /** A task whose fallback, if it has one, gets the same input. */
  public StageTask(
      String name,
      String type,
      @Nullable JsonNode input,
      @Nullable String forEach,
      List<String> after,
      @Nullable Integer priority,
      OnFailure onFailure,
      @Nullable String fallback,
      @Nullable String compensate,
      @Nullable Duration estimate) {
    this(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        onFailure,
        fallback,
        compensate,
        estimate,
        null);
  }

  /** One task of a type with an input. */
  public static StageTask of(String name, String type, @Nullable JsonNode input) {
    return new StageTask(
        name, type, input, null, List.of(), null, OnFailure.FAIL, null, null, null);
  }

  /** A run of another workflow with an input. */
  public static StageTask run(String name, String workflow, @Nullable JsonNode input) {
    return of(name, SubWorkflow.type(workflow), input);
  }

  public StageTask withForEach(String path) {
    return new StageTask(
        name,
        type,
        input,
        path,
        after,
        priority,
        onFailure,
        fallback,
        compensate,
        estimate,
        fallbackInput);
  }

  public StageTask withAfter(String... tasks) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        List.of(tasks),
        priority,
        onFailure,
        fallback,
        compensate,
        estimate,
        fallbackInput);
  }

  public StageTask withOnFailure(OnFailure policy) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        policy,
        fallback,
        compensate,
        estimate,
        fallbackInput);
  }

  public StageTask withFallback(String other) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        OnFailure.FALLBACK,
        other,
        compensate,
        estimate,
        fallbackInput);
  }

  public StageTask withCompensate(String undo) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        onFailure,
        fallback,
        undo,
        estimate,
        fallbackInput);
  }

  public StageTask withEstimate(Duration time) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        onFailure,
        fallback,
        compensate,
        time,
        fallbackInput);
  }

  public StageTask withPriority(int value) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        value,
        onFailure,
        fallback,
        compensate,
        estimate,
        fallbackInput);
  }

  /** The same with another type and input that take over. */
  public StageTask withFallback(String other, JsonNode otherInput) {
    return new StageTask(
        name,
        type,
        input,
        forEach,
        after,
        priority,
        OnFailure.FALLBACK,
        other,
        compensate,
        estimate,
        otherInput);
  }

  /** The same with other inputs. */
  public StageTask withInputs(@Nullable JsonNode itsInput, @Nullable JsonNode ofFallback) {
    return new StageTask(
        name,
        type,
        itsInput,
        forEach,
        after,
        priority,
        onFailure,
        fallback,
        compensate,
        estimate,
        ofFallback);
  }
}
