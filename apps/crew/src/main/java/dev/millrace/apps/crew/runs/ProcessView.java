package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What is looked at while a stage of a run is at work. */
@Doc("What is looked at while a stage is at work, and what was found so far.")
public record ProcessView(
    @Doc("By metric the rule that must hold as soon as it is known.") Map<String, String> rules,
    @Doc("Whether the run fails where one does not hold; else it only warns.") boolean stops,
    @Doc("waiting while nothing was measured, holds, warned or failed.") String status,
    @Doc("What was measured and handed in of it so far.") Map<String, JsonNode> metrics,
    @Doc("What does not hold, for people.") List<String> failed) {}
