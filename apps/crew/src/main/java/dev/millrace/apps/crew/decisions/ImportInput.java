package dev.millrace.apps.crew.decisions;

/**
 * What is imported.
 *
 * @param folder as it was named by whoever asked
 * @param project that counts the decisions
 */
public record ImportInput(String folder, String project) {}
