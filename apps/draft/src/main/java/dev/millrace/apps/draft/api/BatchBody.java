package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Recipes that are sent together. */
@Doc("Recipes that are sent together.")
public record BatchBody(
    @Doc("For people, up to 100 characters.") @Nullable String name,
    @Doc("1 to 1,000 recipes.") List<JsonNode> recipes) {}
