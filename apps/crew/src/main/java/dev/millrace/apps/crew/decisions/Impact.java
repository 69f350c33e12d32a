package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a decision. */
@Doc("What came of a decision.")
public record Impact(
    @Doc("What kind of impact, such as performance or cost.") @Size(min = 1, max = 100) String type,
    @Doc("What happened.") @Size(min = 1, max = 5_000) String description,
    @Doc("How it turned out, such as positive.") @Default("") @Size(max = 500) String outcome,
    @Doc("Numbers that show it.") @Default("{}") @Size(max = 50) Map<String, Double> metrics,
    @Doc("When; now if it is left out.") @Nullable Instant at) {

  /** The same with that time, if it has none. */
  Impact at(Instant time) {
    return at == null ? new Impact(type, description, outcome, metrics, time) : this;
  }
}
