package dev.millrace.apps.crew.analysis;

import dev.millrace.http.schema.Doc;

/** A rule, and the text that triggered it. */
@Doc("A rule, and the text that triggered it.")
public record Match(
    @Doc("Name of the rule.") String rule,
    @Doc("The text as it stands in the request.") String matched,
    @Doc("Where it begins: characters (UTF-16 units) from the start of the request.") int at,
    @Doc("What the rule did to the decision, such as +1.") String effect) {}
