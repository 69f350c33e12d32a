package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent as it is handed in. */
@Doc("An agent as it is handed in.")
public record AgentBody(
    @Doc("Its name; needed with POST, and that of the address with PUT.")
        @Nullable
        @Pattern(value = NAME, says = "lower-case letters, digits and dashes")
        String name,
    @Doc("What it belongs to.") @Size(min = 1, max = 60) String domain,
    @Doc("What it can do: names of the analysis' patterns.") @Default("[]") @Size(max = 100)
        List<String> skills,
    @Doc("How complex a task may be for it.") @Range(min = 1, max = 10) double complexityScore,
    @Doc("How well its work turned out, in percent.") @Default("85") @Range(min = 0, max = 100)
        double performance,
    @Doc("How much of its time is free, in percent.") @Default("100") @Range(min = 0, max = 100)
        double availability,
    @Doc("How its work is done; by a person unless it is said.") @Nullable Executor executor,
    @Doc("The agent that takes over when it fails.") @Nullable @Size(min = 1, max = 60)
        String fallback) {
  static final String NAME = "[a-z][a-z0-9-]{0,59}";

  Agents.Traits traits() {
    return new Agents.Traits(
        domain,
        skills,
        complexityScore,
        performance,
        availability,
        executor == null ? Executor.PERSON : executor,
        fallback);
  }
}
