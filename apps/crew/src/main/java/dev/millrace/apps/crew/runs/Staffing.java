package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.plan.WorkTask;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who does what. Immutable.
 *
 * @param own executors for this run, by the task's id or the agent's name
 * @param placed tells an executor where it works
 * @param known what the registry says about an agent
 */
record Staffing(
    Map<String, Executor> own,
    Function<String, Known> known,
    java.util.function.UnaryOperator<Executor> placed) {

  /**
   * What is known of an agent.
   *
   * @param fallback the agent that takes over; null for none
   */
  record Known(Executor executor, @Nullable String fallback) {}

  Executor of(WorkTask task) {
    Executor chosen = own.get(task.id());
    return chosen != null ? placed.apply(chosen) : ofAgent(task.agent());
  }

  Executor ofAgent(String agent) {
    Executor chosen = own.get(agent);
    return placed.apply(chosen != null ? chosen : known.apply(agent).executor());
  }

  /** The agent that takes over for another; null for none. */
  @Nullable String fallback(String agent) {
    return known.apply(agent).fallback();
  }
}
