package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A rule group as clients send it. */
@Doc("A rule group to be kept.")
public record RuleGroupBody(
    @Doc("Its id, up to 100 characters; one is made up if there is none.") @Nullable String id,
    String title,
    @Doc("Rules as they stand in a recipe.") List<ObjectNode> rules,
    @Doc("The version that is to be replaced; left out for whichever it is.")
        @Nullable Integer version) {}
