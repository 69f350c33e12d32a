package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a stage of a run stops and is checked. */
@Doc("Where a stage of a run stops and is checked.")
public record SyncView(
    @Doc("Its id: the stage's name, or that with _entry for what must hold before it.") String id,
    @Doc("What it is about.") String name,
    @Doc("criteria, consensus or approval.") String type,
    @Doc("waiting, passed or failed; null before the stage comes to it.") @Nullable String status,
    @Doc("By metric the rule that it must fulfil.") Map<String, String> criteria,
    @Doc("The same for its quality gate.") Map<String, String> gate,
    @Doc("Metrics that it waits for.") List<String> missing,
    @Doc("How long it waits.") @Nullable Instant until,
    @Doc("What was handed in, and for the gate before a stage what was measured before it.")
        Map<String, JsonNode> metrics,
    @Doc("Who decided.") @Nullable String by,
    @Nullable String comment,
    @Doc("What does not hold, for people.") List<String> failed,
    @Doc("How often the stage's tasks may run again where it does not pass.") int retries,
    @Doc("What did not hold before they ran again, for people: one text each time.")
        List<String> earlier) {}
