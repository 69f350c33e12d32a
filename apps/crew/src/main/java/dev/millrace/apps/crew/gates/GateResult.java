package dev.millrace.apps.crew.gates;

import dev.millrace.http.schema.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether metrics fulfil criteria, and what does not. */
@Doc("Whether metrics fulfil criteria, and what does not.")
public record GateResult(
    @Doc("Whether all of them do.") boolean success,
    @Doc("Those that do not.") List<Failed> failed,
    @Doc("In words.") String details) {

  /** A criterion that was not fulfilled. */
  @Doc("A criterion that was not fulfilled.")
  public record Failed(
      @Doc("The metric.") String criterion,
      @Doc("Its rule.") String rule,
      @Doc("What was handed in; null if nothing was.") @Nullable String actual,
      @Doc("Why it does not hold.") String reason) {}

  /**
   * Checks metrics: numbers, truth values or texts.
   *
   * @throws IllegalArgumentException if a rule cannot be read
   */
  public static GateResult check(Map<String, String> criteria, Map<String, ?> metrics) {
    List<Failed> failed = new ArrayList<>();
    criteria.forEach((metric, rule) -> {
      Object actual = metrics.get(metric);
      Criterion.parse(metric, rule)
          .failure(actual)
          .ifPresent(reason ->
              failed.add(
                  new Failed(metric, rule, actual == null ? null : actual.toString(), reason)));
    });
    String details =
        failed.isEmpty()
            ? "all " + criteria.size() + " criteria hold"
            : failed.size() + " of " + criteria.size() + " criteria do not hold";
    return new GateResult(failed.isEmpty(), List.copyOf(failed), details);
  }
}
