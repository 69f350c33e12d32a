package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A rule of the checker. */
@Doc("A rule of the checker.")
public record RuleView(
    @Doc("Stable word for the rule.") String rule,
    @Doc("error or warning.") String severity,
    @Doc("What the rule demands.") String demands,
    @Doc("What the client does if it does not hold.") String explanation,
    @Doc("What a repair does; null if there is none that is safe.") @Nullable String repair) {}
