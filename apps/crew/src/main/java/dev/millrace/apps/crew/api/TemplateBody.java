package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Phase;
import dev.millrace.apps.crew.plan.Template;
import dev.millrace.apps.crew.plan.TemplateKind;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Pattern;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template as it is handed in. */
@Doc("A template as it is handed in.")
public record TemplateBody(
    @Doc("Its id; needed with POST, and that of the address with PUT.")
        @Nullable
        @Pattern(value = ID, says = "lower-case letters, digits, dashes and _")
        String id,
    @Doc("Its name, for people.") @Size(min = 1, max = 100) String name,
    @Doc("What it is for.") @Default("") @Size(max = 1_000) String description,
    @Doc("The index of complexity that it is made for.") @Range(min = 1, max = 10) double threshold,
    @Doc("What it is meant for.") @Default("custom") TemplateKind kind,
    @Doc("Domains of requests that it suits.") @Default("[]") @Size(max = 20) List<String> domains,
    @Doc("Its phases, in order.") @Size(min = 1, max = 50) List<Phase> phases) {
  static final String ID = "[a-z][a-z0-9_-]{0,59}";

  Template as(String wanted) {
    return new Template(wanted, name, description, threshold, kind, domains, phases, false);
  }
}
