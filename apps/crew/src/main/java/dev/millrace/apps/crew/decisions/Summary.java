package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision in lists. */
@Doc("A decision in lists.")
public record Summary(
    @Doc("Names it everywhere.") String id,
    @Doc("What was decided, in one line.") String title,
    @Doc("When.") Instant date,
    @Doc("What has become of it.") DecisionStatus status,
    @Doc("What stands in its place; null if nothing does.") @Nullable String supersededBy,
    @Doc("Who decided.") String decisionMaker,
    @Doc("To find it by.") List<String> tags) {}
