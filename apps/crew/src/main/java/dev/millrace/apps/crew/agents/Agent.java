package dev.millrace.apps.crew.agents;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One who can work, and what is known of its work. */
@Doc("One who can work, and what is known of its work.")
public record Agent(
    @Doc("Unique, such as backend-architect.") String name,
    @Doc("What it belongs to, such as technical, business, quality, security, infrastructure.")
        String domain,
    @Doc("What it can do: names of the analysis' patterns, such as api, login, database.")
        List<String> skills,
    @Doc("How complex a task may be for it, 1 to 10.") double complexityScore,
    @Doc("How well its work is said to turn out, in percent.") double performance,
    @Doc(
            "What executions say about it, which ranking and estimates go by; null before the first"
                + " learning.")
        @Nullable Learned learned,
    @Doc("How much of its time is free, in percent.") double availability,
    @Doc("Executions that it took part in.") long usage,
    @Doc("When it last took part in one.") @Nullable Instant lastUsed,
    @Doc("Whether it is there from the beginning.") boolean builtIn,
    @Doc("How its work is done.") Executor executor,
    @Doc("The agent that takes over when it fails.") @Nullable String fallback) {
  public Agent {
    skills = List.copyOf(skills);
  }

  /** How well its work turns out, as far as anybody knows. */
  double known() {
    return learned == null ? performance : learned.performance();
  }
}
