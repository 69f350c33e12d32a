package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.plan.Plan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the run of a plan is started with, and keeps.
 *
 * @param name for people
 * @param project that the decision about the run is counted in
 * @param workspace that its programs share with other runs; null for a folder of its own
 * @param input what executors may name as {@code {{input.input.…}}}
 */
record RunInput(
    String request,
    @Nullable String name,
    String project,
    Plan plan,
    @Nullable JsonNode input,
    @Nullable String workspace) {}
