package dev.millrace.apps.crew.work;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a person, a service or a program says about its work. */
@Doc("What a person, a service or a program says about its work.")
public record Answer(
    @Doc("What it has come to, in one line; equal texts agree.") @Nullable @Size(max = 2_000)
        String conclusion,
    @Doc("How sure it is.") @Default("1") @Range(min = 0, max = 1) double confidence,
    @Doc("What the stages behind may use; up to 64,000 characters of JSON.")
        @Nullable JsonNode outputs,
    @Doc("What was measured, by the name that gates use.") @Default("{}") @Size(max = 100)
        Map<String, Double> metrics,
    @Doc("Who answers.") @Nullable @Size(max = 200) String by) {
  /** The longest outputs, in characters of JSON. */
  public static final int MOST_OUTPUTS = 64_000;

  @SuppressWarnings("NullAway") // Absent in JSON.
  public Answer {
    metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
    outputs = outputs == null || outputs.isNull() ? null : outputs;
    if (outputs != null && outputs.toString().length() > MOST_OUTPUTS) {
      throw new IllegalArgumentException(
          "outputs: "
              + outputs.toString().length()
              + " characters of JSON; up to "
              + MOST_OUTPUTS
              + " are kept, so answer where the rest is");
    }
  }
}
