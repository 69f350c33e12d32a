package dev.millrace.apps.crew.work;

import dev.millrace.http.schema.Doc;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an agent's work has come to. */
@Doc("What an agent's work has come to.")
public record Outcome(
    @Doc("Who did it.") String agent,
    @Doc("What it has come to, in one line; equal texts agree.") @Nullable String conclusion,
    @Doc("How sure it is, 0 to 1.") double confidence,
    @Doc("What the stages behind may use.") @Nullable JsonNode outputs,
    @Doc("What was measured.") Map<String, Double> metrics,
    @Doc("What the program ended with.") @Nullable Integer exitCode,
    @Doc("The end of what the program wrote.") @Nullable String output,
    @Doc("Who answered.") @Nullable String by,
    @Doc("Why it was left out; null if it was done.") @Nullable String skipped,
    @Doc("At which attempt.") @Nullable Integer attempts) {
  public Outcome {
    metrics = new LinkedHashMap<>(metrics);
  }

  static Outcome of(String agent, Answer answer) {
    return new Outcome(
        agent,
        answer.conclusion(),
        answer.confidence(),
        answer.outputs(),
        answer.metrics(),
        null,
        null,
        answer.by(),
        null,
        null);
  }

  /** Left out: it counts for nothing where others are asked whether they agree. */
  static Outcome skipped(String agent, String why) {
    return new Outcome(agent, null, 0, null, Map.of(), null, null, null, why, null);
  }

  /** The same, at that attempt. */
  Outcome at(int attempt) {
    return new Outcome(
        agent, conclusion, confidence, outputs, metrics, exitCode, output, by, skipped, attempt);
  }
}
