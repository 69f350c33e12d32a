package dev.millrace.tasks;

import tools.jackson.databind.JsonNode;

/**
 * One task of a bulk submission.
 *
 * @param type name of a registered type
 * @param input as JSON; must fit the type's input record
 */
public record Submission(String type, JsonNode input, SubmitOptions options) {}
