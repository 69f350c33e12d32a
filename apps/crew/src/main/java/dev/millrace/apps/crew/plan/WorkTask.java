package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import java.util.List;

/** What one agent does in one stage. */
@Doc("What one agent does in one stage.")
public record WorkTask(
    @Doc("Unique within the plan.") String id,
    @Doc("The role that does it.") String agent,
    @Doc("What is to be done.") String description,
    @Doc("Its stage.") String stage,
    @Doc("1 to 10, 10 the most urgent.") int priority,
    @Doc("The same for the platform's queues: 0 the most urgent to 9.") int platformPriority,
    @Doc("How long one attempt may take.") Duration timeout,
    @Doc("Attempts after the first.") int maxRetries,
    @Doc("Tasks of the same stage that must be over before.") List<String> dependsOn,
    @Doc("How long its agent's work takes, if that was learned; else its share of the estimate.")
        double hours) {
  static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);
  static final int MOST_RETRIES = 3;

  /** The platform's priority for one of crew, 1 to 10. */
  public static int platformPriority(int priority) {
    return Math.clamp(10L - priority, 0, 9);
  }
}
