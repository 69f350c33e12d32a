package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A rule group as clients see it. */
@Doc("A rule group. A recipe names it by its id, and a draft keeps the version it was made with.")
public record RuleGroupView(
    String id,
    @Doc("Grows with every change, from 1.") int version,
    String title,
    @Doc("Rules as they stand in a recipe.") List<JsonNode> rules,
    @Doc("When the group was made.") Instant createdAt,
    @Doc("When this version was made.") Instant updatedAt) {}
