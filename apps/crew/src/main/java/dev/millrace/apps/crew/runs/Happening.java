package dev.millrace.apps.crew.runs;

import dev.millrace.http.Json;
import dev.millrace.http.schema.Doc;
import dev.millrace.store.journal.Event;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Something that happened in a run, as it is streamed. */
@Doc("Something that happened in a run.")
record Happening(
    @Doc("When its commit was made.") Instant at,
    @Doc("Its type, such as task.completed.") String type,
    @Doc("What happened.") JsonNode data) {
  static Happening of(Event event) {
    return new Happening(event.at(), event.type(), Json.mapper().readTree(event.json()));
  }
}
