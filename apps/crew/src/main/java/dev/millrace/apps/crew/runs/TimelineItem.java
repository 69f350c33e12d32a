package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bar of a run's chart. */
@Doc("A bar of a run's chart.")
public record TimelineItem(
    @Doc("stage or task.") String kind,
    @Doc("Its name in the plan.") String name,
    @Doc("The stage it belongs to.") String stage,
    @Doc("Who does it; null for a stage.") @Nullable String agent,
    WorkState state,
    @Doc("Whether it is on the longest way.") boolean critical,
    Instant from,
    @Doc("Null while it goes on.") @Nullable Instant to) {}
