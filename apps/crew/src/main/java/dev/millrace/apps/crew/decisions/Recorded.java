package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;

/** What a decision became when it was recorded. */
@Doc("What a decision became when it was recorded.")
public record Recorded(
    @Doc("Names it everywhere, such as shop:ADR-0042.") String id,
    @Doc("Its number within the project.") String number) {}
