package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which days are wanted. */
public record StatisticsQuery(
    @Doc("The first day, in UTC; 29 days before the last one if it is left out.")
        @Nullable LocalDate from,
    @Doc("The last day; today if it is left out.") @Nullable LocalDate to,
    @Doc("Id of a rule group; all if it is left out.") @Nullable String ruleGroup) {}
