package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** All rules of the checker. */
@Doc("All rules of the checker.")
public record RulesView(List<RuleView> rules) {}
